#include "ddl/policy.hpp"

#include "ddl/address.hpp"

namespace lockstep::ddl {

SqlStatement createPolicy(const Relation &table, const Policy &policy) {
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
  return {std::move(text), table.search_path};
}

SqlStatements setRowSecurity(const Relation &table) {
  SqlStatements statements;
  if (table.row_security)
    statements.emplace_back(alterTable(table) + "ENABLE ROW LEVEL SECURITY");
  if (table.force_row_security)
    statements.emplace_back(alterTable(table, true) + "FORCE ROW LEVEL SECURITY");
  return statements;
}

} // namespace lockstep::ddl
