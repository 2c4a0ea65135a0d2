#include "ddl/trigger.hpp"

#include "ddl/address.hpp"

namespace lockstep::ddl {

static std::string eventList(const CreateTrigger &trigger) {
  std::string text;
  const auto add = [&](bool wanted, const std::string &word) {
    if (wanted)
      text += (text.empty() ? "" : " OR ") + word;
  };
  add(trigger.on_insert, "INSERT");
  add(trigger.on_delete, "DELETE");
  add(trigger.on_update,
      trigger.columns.empty() ? "UPDATE" : "UPDATE OF " + identifierList(trigger.columns));
  add(trigger.on_truncate, "TRUNCATE");
  return text;
}

SqlStatement createTrigger(const Catalog &catalog, const Relation &table, const Trigger &trigger) {
  const CreateTrigger &definition = trigger.definition;
  std::string text = definition.is_constraint ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ";
  text += quoteIdentifier(trigger.name);
  text += definition.timing == 'b'   ? " BEFORE "
          : definition.timing == 'i' ? " INSTEAD OF "
                                     : " AFTER ";
  text += eventList(definition) + " ON " + table.qualifiedName();
  if (!definition.referenced.empty())
    text += " FROM " + sqlName(definition.referenced);
  if (definition.deferrable)
    text += definition.initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
  if (!definition.old_table.empty() || !definition.new_table.empty())
    text += " REFERENCING";
  if (!definition.old_table.empty())
    text += " OLD TABLE AS " + quoteIdentifier(definition.old_table);
  if (!definition.new_table.empty())
    text += " NEW TABLE AS " + quoteIdentifier(definition.new_table);
  text += definition.for_each_row ? " FOR EACH ROW" : " FOR EACH STATEMENT";
  if (definition.condition)
    text += " WHEN (" + definition.condition->text + ")";
  const Function *function = catalog.function(trigger.function_id);
  text += " EXECUTE FUNCTION " +
          (function ? sqlName(function->schema, function->name) : sqlName(trigger.function));
  std::string arguments;
  for (const std::string &argument : definition.arguments)
    arguments += (arguments.empty() ? "" : ", ") + quoteLiteral(argument);
  return {text + "(" + arguments + ")", table.search_path};
}

SqlStatements setTriggerMode(const Relation &table, const Trigger &trigger) {
  std::string_view word;
  switch (trigger.enabled) {
  case 'D':
    word = "DISABLE TRIGGER ";
    break;
  case 'R':
    word = "ENABLE REPLICA TRIGGER ";
    break;
  case 'A':
    word = "ENABLE ALWAYS TRIGGER ";
    break;
  default:
    return {};
  }
  return {alterTable(table) + std::string(word) + quoteIdentifier(trigger.name)};
}

} // namespace lockstep::ddl
