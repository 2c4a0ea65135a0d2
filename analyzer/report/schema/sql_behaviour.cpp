#include "base/text.hpp"
#include "catalog/definition.hpp"
#include "report/schema/sql_script.hpp"

// Triggers, policies and rules.

namespace lockstep {

static std::string eventList(const CreateTrigger &trigger) {
  std::string text;
  const auto add = [&](bool wanted, const std::string &word) {
    if (wanted)
      text += (text.empty() ? "" : " OR ") + word;
  };
  add(trigger.on_insert, "INSERT");
  add(trigger.on_delete, "DELETE");
  add(trigger.on_update,
      trigger.columns.empty() ? "UPDATE" : "UPDATE OF " + columnList(trigger.columns));
  add(trigger.on_truncate, "TRUNCATE");
  return text;
}

static std::string triggerText(const SqlScript &script, const Relation &table,
                               const Trigger &trigger) {
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
  const Function *function = script.catalog().function(trigger.function_id);
  text += " EXECUTE FUNCTION " +
          (function ? sqlName(function->schema, function->name) : sqlName(trigger.function));
  std::string arguments;
  for (const std::string &argument : definition.arguments)
    arguments += (arguments.empty() ? "" : ", ") + quoteLiteral(argument);
  return text + "(" + arguments + ")";
}

static void emitTrigger(SqlScript &script, const Relation &table, const Trigger &trigger) {
  if (trigger.parent == ObjectId::none)
    script.add(SqlPhase::behaviour, triggerText(script, table, trigger), table.search_path);
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
    return;
  }
  script.add(SqlPhase::behaviour, "ALTER TABLE " + table.qualifiedName() + " " + std::string(word) +
                                      quoteIdentifier(trigger.name));
}

static std::string policyText(const Relation &table, const Policy &policy) {
  const CreatePolicy &definition = policy.definition;
  std::string text =
      "CREATE POLICY " + quoteIdentifier(policy.name) + " ON " + table.qualifiedName();
  if (!definition.permissive)
    text += " AS RESTRICTIVE";
  if (!definition.command.empty() && definition.command != "all")
    text += " FOR " + upperCase(definition.command);
  std::string roles;
  for (const std::string &role : definition.roles)
    roles += (roles.empty() ? " TO " : ", ") + roleText(role);
  text += roles;
  if (definition.using_expression)
    text += " USING (" + definition.using_expression->text + ")";
  if (definition.check_expression)
    text += " WITH CHECK (" + definition.check_expression->text + ")";
  return text;
}

void emitBehaviour(SqlScript &script, const Relation &relation) {
  for (const Trigger &trigger : relation.triggers)
    emitTrigger(script, relation, trigger);
  for (const RewriteRule &rule : relation.rules) {
    script.add(SqlPhase::behaviour, rule.definition.text, relation.search_path);
    if (rule.enabled != 'O')
      script.add(SqlPhase::behaviour, "ALTER TABLE " + relation.qualifiedName() +
                                          (rule.enabled == 'D'   ? " DISABLE RULE "
                                           : rule.enabled == 'R' ? " ENABLE REPLICA RULE "
                                                                 : " ENABLE ALWAYS RULE ") +
                                          quoteIdentifier(rule.name));
  }
  for (const Policy &policy : relation.policies)
    script.add(SqlPhase::behaviour, policyText(relation, policy), relation.search_path);
  if (relation.row_security)
    script.add(SqlPhase::behaviour,
               "ALTER TABLE " + relation.qualifiedName() + " ENABLE ROW LEVEL SECURITY");
  if (relation.force_row_security)
    script.add(SqlPhase::behaviour,
               "ALTER TABLE ONLY " + relation.qualifiedName() + " FORCE ROW LEVEL SECURITY");
}

} // namespace lockstep
