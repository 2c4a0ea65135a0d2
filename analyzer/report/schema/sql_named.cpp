#include "base/text.hpp"
#include "report/schema/sql_script.hpp"

#include <algorithm>

// Schemas, extensions and the objects that the catalog keeps as SQL.

namespace lockstep {

void emitSchemas(SqlScript &script) {
  for (const std::string &name : script.catalog().schemas())
    if (name != "public")
      script.add("CREATE SCHEMA " + quoteIdentifier(name));
}

void emitExtension(SqlScript &script, const NamedObject &object) {
  std::string text = "CREATE EXTENSION IF NOT EXISTS " + quoteIdentifier(object.name.name);
  const auto schemas = script.catalog().schemas();
  if (!object.table.schema.empty()) {
    // One that the history takes for granted.
    if (std::find(schemas.begin(), schemas.end(), object.table.schema) == schemas.end())
      script.add("CREATE SCHEMA IF NOT EXISTS " + quoteIdentifier(object.table.schema));
    text += " WITH SCHEMA " + quoteIdentifier(object.table.schema);
  }
  script.add(std::move(text), object.search_path);
}

/// A role belongs to the whole cluster and may be there already.
static void emitRole(SqlScript &script, const NamedObject &object) {
  for (const std::string &statement : object.statements)
    script.add("DO $role$ BEGIN\n  " + statement +
               ";\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND $role$");
}

static void emitStatistics(SqlScript &script, const NamedObject &object) {
  if (object.statements.empty() || !script.catalog().findRelation(object.table))
    return;
  script.add(SqlPhase::constraints,
             "CREATE STATISTICS " + sqlName(object.name) + " " + object.statements.front() + " " +
                 sqlName(object.table),
             object.search_path);
  for (size_t i = 1; i < object.statements.size(); ++i)
    script.add(SqlPhase::constraints, object.statements[i], object.search_path);
}

void emitNamed(SqlScript &script, const NamedObject &object) {
  switch (object.kind) {
  case ObjectKind::extension: // Comes before everything.
  case ObjectKind::database:
  case ObjectKind::tablespace:
  case ObjectKind::parameter:
  case ObjectKind::large_object:
    return;
  case ObjectKind::role:
    return emitRole(script, object);
  case ObjectKind::statistics:
    return emitStatistics(script, object);
  case ObjectKind::subscription: // Would connect to another server.
    for (const std::string &statement : object.statements)
      script.note(statement + ";");
    return;
  case ObjectKind::publication:
  case ObjectKind::event_trigger:
    for (const std::string &statement : object.statements)
      script.add(SqlPhase::behaviour, statement, object.search_path);
    return;
  default:
    for (const std::string &statement : object.statements)
      script.add(statement, object.search_path);
    return;
  }
}

} // namespace lockstep
