#include "ddl/named.hpp"

namespace lockstep::ddl {

/// A role belongs to the whole cluster and may be there already.
static SqlStatements createRole(const NamedObject &role) {
  SqlStatements statements;
  for (const std::string &statement : role.statements)
    statements.emplace_back("DO $role$ BEGIN\n  " + statement +
                            ";\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND $role$");
  return statements;
}

static SqlStatements createExtension(const Catalog &catalog, const NamedObject &extension) {
  SqlStatements statements;
  std::string text = "CREATE EXTENSION IF NOT EXISTS " + quoteIdentifier(extension.name.name);
  if (const std::string &schema = extension.table.schema; !schema.empty()) {
    // One that the history takes for granted.
    if (!catalog.hasSchema(schema))
      statements.emplace_back("CREATE SCHEMA IF NOT EXISTS " + quoteIdentifier(schema));
    text += " WITH SCHEMA " + quoteIdentifier(schema);
  }
  statements.emplace_back(std::move(text), extension.search_path);
  return statements;
}

static SqlStatements createStatistics(const Catalog &catalog, const NamedObject &object) {
  SqlStatements statements;
  if (object.statements.empty() || !catalog.findRelation(object.table))
    return statements;
  statements.emplace_back("CREATE STATISTICS " + sqlName(object.name) + " " +
                              object.statements.front() + " " + sqlName(object.table),
                          object.search_path);
  for (size_t i = 1; i < object.statements.size(); ++i)
    statements.emplace_back(object.statements[i], object.search_path);
  return statements;
}

SqlStatements createNamed(const Catalog &catalog, const NamedObject &object) {
  switch (object.kind) {
  case ObjectKind::role:
    return createRole(object);
  case ObjectKind::extension:
    return createExtension(catalog, object);
  case ObjectKind::statistics:
    return createStatistics(catalog, object);
  default:
    break;
  }
  SqlStatements statements;
  for (const std::string &statement : object.statements)
    statements.emplace_back(statement, object.search_path);
  return statements;
}

} // namespace lockstep::ddl
