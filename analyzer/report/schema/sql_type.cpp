#include "base/text.hpp"
#include "catalog/definition.hpp"
#include "report/schema/sql_script.hpp"

namespace lockstep {

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

static std::string domainText(const SqlScript &script, const Type &type) {
  std::string text = "CREATE DOMAIN " + type.qualifiedName() + " AS " + sqlType(type.base);
  if (!type.collation.empty())
    text += " COLLATE " + sqlName(type.collation);
  if (type.default_value)
    text += " DEFAULT (" + type.default_value->text + ")";
  if (type.not_null)
    text += " NOT NULL";
  for (const Constraint &constraint : type.constraints)
    if (constraint.valid)
      text += "\n    CONSTRAINT " + quoteIdentifier(constraint.name) + " " +
              definitionOf(script.catalog(), constraint);
  return text;
}

void emitShell(SqlScript &script, const Type &type) {
  script.add("CREATE TYPE " + type.qualifiedName());
}

void emitType(SqlScript &script, const Type &type) {
  const std::string create = "CREATE TYPE " + type.qualifiedName();
  switch (type.kind) {
  case TypeKind::enumeration:
    script.add(create + " AS ENUM (" + labelList(type) + ")");
    break;
  case TypeKind::composite:
    script.add(create + " AS (" + attributeList(script.catalog(), type) + ")", type.search_path);
    break;
  case TypeKind::range:
    script.add(create + " AS RANGE (" + parameterList(type) + ")", type.search_path);
    break;
  case TypeKind::base:
    script.add(create + " (" + parameterList(type) + ")", type.search_path);
    break;
  case TypeKind::shell:
    script.add(create);
    break;
  case TypeKind::domain:
    script.add(domainText(script, type), type.search_path);
    for (const Constraint &constraint : type.constraints)
      if (!constraint.valid)
        script.add(SqlPhase::constraints,
                   "ALTER DOMAIN " + type.qualifiedName() + " ADD CONSTRAINT " +
                       quoteIdentifier(constraint.name) + " " +
                       definitionOf(script.catalog(), constraint),
                   type.search_path);
    break;
  }
}

} // namespace lockstep
