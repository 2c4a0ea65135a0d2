#include "ddl/address.hpp"

namespace lockstep::ddl {

std::string upperCase(std::string_view word) {
  std::string text(word);
  for (char &c : text)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string roleText(std::string_view role) {
  for (std::string_view word : {"current_user", "current_role", "session_user"})
    if (role == word)
      return std::string(word);
  return role == "public" ? std::string("PUBLIC") : quoteIdentifier(role);
}

std::string_view relationWord(const Relation &relation) {
  switch (relation.kind) {
  case RelationKind::view:
    return "VIEW";
  case RelationKind::materialized_view:
    return "MATERIALIZED VIEW";
  case RelationKind::sequence:
    return "SEQUENCE";
  case RelationKind::foreign_table:
    return "FOREIGN TABLE";
  case RelationKind::index:
  case RelationKind::partitioned_index:
    return "INDEX";
  case RelationKind::composite_type:
    return "TYPE";
  case RelationKind::table:
  case RelationKind::partitioned_table:
    break;
  }
  return "TABLE";
}

std::string alterTable(const Relation &table, bool only) {
  return (only ? "ALTER TABLE ONLY " : "ALTER TABLE ") + table.qualifiedName() + " ";
}

std::string_view functionWord(const Function &function) {
  if (function.is_aggregate)
    return "AGGREGATE";
  return function.definition && function.definition->is_procedure ? "PROCEDURE" : "FUNCTION";
}

std::string functionAddress(const Function &function) {
  std::string text;
  if (function.definition)
    for (const FunctionParameter &parameter : function.definition->parameters)
      if (parameter.mode != 'o' && parameter.mode != 't')
        text += (text.empty() ? "" : ", ") + std::string(parameter.mode == 'v' ? "VARIADIC " : "") +
                sqlType(parameter.type);
  if (function.is_aggregate && text.empty())
    text = "*";
  return sqlName(function.schema, function.name) + "(" + text + ")";
}

} // namespace lockstep::ddl
