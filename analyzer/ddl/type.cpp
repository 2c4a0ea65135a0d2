#include "ddl/type.hpp"

#include "ddl/column.hpp"
#include "ddl/constraint.hpp"

namespace lockstep::ddl {

static std::string labelList(const Type &type) {
  std::string text;
  for (const std::string &label : type.labels)
    text += (text.empty() ? "\n    " : ",\n    ") + quoteLiteral(label);
  return text.empty() ? text : text + "\n";
}

static std::string attributeList(const Catalog &catalog, const Type &type) {
  std::string text;
  if (const Relation *relation = catalog.relation(type.relation))
    for (const Column &column : relation->columns)
      text += (text.empty() ? "\n    " : ",\n    ") + definitionOf(column);
  return text.empty() ? text : text + "\n";
}

/// The parameters of a range or base type: some are texts, the others words and names.
static std::string parameterList(const Type &type) {
  std::string text;
  for (const Option &option : type.options) {
    const bool is_text =
        option.name == "default" || option.name == "category" || option.name == "delimiter";
    text += (text.empty() ? "\n    " : ",\n    ") + option.name;
    if (!option.value.empty())
      text += " = " + (is_text ? quoteLiteral(option.value) : option.value);
  }
  return text.empty() ? text : text + "\n";
}

static std::string domainText(const Catalog &catalog, const Type &type) {
  std::string text = "CREATE DOMAIN " + type.qualifiedName() + " AS " + sqlType(type.base);
  if (!type.collation.empty())
    text += " COLLATE " + sqlName(type.collation);
  if (type.default_value)
    text += " DEFAULT (" + type.default_value->text + ")";
  if (type.not_null)
    text += " NOT NULL";
  for (const Constraint &constraint : type.constraints)
    if (constraint.valid)
      text += "\n    " + constraintClause(catalog, constraint);
  return text;
}

SqlStatement createShellType(const Type &type) { return {"CREATE TYPE " + type.qualifiedName()}; }

SqlStatement createType(const Catalog &catalog, const Type &type) {
  const std::string create = "CREATE TYPE " + type.qualifiedName();
  switch (type.kind) {
  case TypeKind::enumeration:
    return {create + " AS ENUM (" + labelList(type) + ")"};
  case TypeKind::composite:
    return {create + " AS (" + attributeList(catalog, type) + ")", type.search_path};
  case TypeKind::range:
    return {create + " AS RANGE (" + parameterList(type) + ")", type.search_path};
  case TypeKind::base:
    return {create + " (" + parameterList(type) + ")", type.search_path};
  case TypeKind::shell:
    return createShellType(type);
  case TypeKind::domain:
    return {domainText(catalog, type), type.search_path};
  }
  return {};
}

SqlStatements addInvalidConstraints(const Catalog &catalog, const Type &domain) {
  SqlStatements statements;
  for (const Constraint &constraint : domain.constraints)
    if (domain.kind == TypeKind::domain && !constraint.valid)
      statements.push_back(addConstraint(catalog, domain, constraint));
  return statements;
}

} // namespace lockstep::ddl
