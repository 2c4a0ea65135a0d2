#include "ddl/comment.hpp"

#include "ddl/address.hpp"

namespace lockstep::ddl {

static void addComment(SqlStatements &statements, const std::string &object,
                       const std::string &text) {
  if (!text.empty())
    statements.emplace_back("COMMENT ON " + object + " IS " + quoteLiteral(text));
}

SqlStatements commentsOn(std::string_view schema, const SchemaEntry &entry) {
  SqlStatements statements;
  addComment(statements, "SCHEMA " + quoteIdentifier(schema), entry.comment);
  return statements;
}

SqlStatements commentsOn(const Type &type) {
  SqlStatements statements;
  const std::string name = type.qualifiedName();
  addComment(statements, (type.kind == TypeKind::domain ? "DOMAIN " : "TYPE ") + name,
             type.comment);
  for (const Constraint &constraint : type.constraints)
    addComment(statements, "CONSTRAINT " + quoteIdentifier(constraint.name) + " ON DOMAIN " + name,
               constraint.comment);
  return statements;
}

SqlStatements commentsOn(const Function &function) {
  SqlStatements statements;
  addComment(statements, std::string(functionWord(function)) + " " + functionAddress(function),
             function.comment);
  return statements;
}

SqlStatements commentsOn(const Relation &relation) {
  SqlStatements statements;
  const std::string name = relation.qualifiedName();
  if (relation.kind != RelationKind::composite_type)
    addComment(statements, std::string(relationWord(relation)) + " " + name, relation.comment);
  for (const Column &column : relation.columns)
    addComment(statements, "COLUMN " + name + "." + quoteIdentifier(column.name), column.comment);
  const auto addParts = [&](std::string_view word, const auto &parts) {
    for (const auto &part : parts)
      addComment(statements, std::string(word) + " " + quoteIdentifier(part.name) + " ON " + name,
                 part.comment);
  };
  addParts("CONSTRAINT", relation.constraints);
  addParts("TRIGGER", relation.triggers);
  addParts("POLICY", relation.policies);
  addParts("RULE", relation.rules);
  return statements;
}

SqlStatements commentsOn(const NamedObject &object) {
  SqlStatements statements;
  switch (object.kind) {
  case ObjectKind::cast:
  case ObjectKind::operator_:
  case ObjectKind::operator_class:
  case ObjectKind::operator_family:
  case ObjectKind::transform:
  case ObjectKind::user_mapping:
    break; // Their addresses need more than a name.
  default:
    addComment(statements, upperCase(ops::name(object.kind)) + " " + sqlName(object.name),
               object.comment);
  }
  return statements;
}

} // namespace lockstep::ddl
