#include "support/describe.hpp"

#include "ddl/column.hpp"
#include "ddl/constraint.hpp"
#include "ddl/index.hpp"
#include "ddl/table.hpp"

#include <algorithm>
#include <vector>

namespace lockstep::test {
using namespace ddl;

static void addLine(std::string &text, std::string_view line) { text.append(line).append("\n"); }

/// The lines, sorted and indented.
static void addSorted(std::string &text, std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  for (const std::string &line : lines)
    addLine(text, "  " + line);
}

static std::string nameOf(const Catalog &catalog, ObjectId id) {
  const Relation *relation = catalog.relation(id);
  return relation ? relation->qualifiedName() : "?";
}

static std::string headOf(const Catalog &catalog, const Relation &relation) {
  std::string text = std::string(name(relation.kind)) + " " + relation.qualifiedName();
  if (relation.kind == RelationKind::partitioned_table)
    text += " by " + ddl::partitionKey(relation.partition_by);
  if (relation.is_partition)
    text +=
        " partition of " + nameOf(catalog, relation.parents.front()) + " " + relation.bound->text;
  else
    for (ObjectId parent : relation.parents)
      text += " inherits " + nameOf(catalog, parent);
  if (relation.sequence && relation.sequence->owner != ObjectId::none)
    text += " owned by " + nameOf(catalog, relation.sequence->owner) + "." +
            quoteIdentifier(relation.sequence->owner_column);
  if (relation.persistence == Persistence::unlogged)
    text += " unlogged";
  if (relation.partial)
    text += " partial";
  if (relation.populated)
    text += " populated";
  if (relation.row_security)
    text += relation.force_row_security ? " forced-row-security" : " row-security";
  return text;
}

static std::string ofColumn(const Column &column) {
  std::string text = ddl::definitionOf(column);
  if (column.not_null && !column.not_null_valid)
    text += " NOT NULL NOT VALID";
  if (column.inherited > 0)
    text += " inherited" + (column.inherited > 1 ? " " + std::to_string(column.inherited) : "");
  if (column.inherited > 0 && column.is_local)
    text += " local";
  return text;
}

static std::string ofIndex(const Catalog &catalog, const Relation &index) {
  const IndexInfo &info = *index.index;
  std::string text = "index " + quoteIdentifier(index.name) + " ";
  if (info.unique)
    text += "unique ";
  if (info.method != "btree")
    text += info.method + " ";
  text += ddl::elementsText(info);
  if (info.predicate)
    text += " where " + info.predicate->text;
  if (!info.constraint.empty())
    text += " constraint";
  if (!info.valid)
    text += " invalid";
  if (info.parent != ObjectId::none)
    text += " partition of " + nameOf(catalog, info.parent);
  return text;
}

static void addRelation(std::string &text, const Catalog &catalog, const Relation &relation) {
  addLine(text, headOf(catalog, relation));
  for (const Column &column : relation.columns)
    addLine(text, "  " + ofColumn(column));
  std::vector<std::string> parts;
  for (const Constraint &constraint : relation.constraints) {
    std::string part = "constraint " + quoteIdentifier(constraint.name) + " " +
                       ddl::definitionOf(catalog, constraint);
    if (constraint.inherited > 0)
      part += constraint.is_local ? " inherited local" : " inherited";
    parts.push_back(std::move(part));
  }
  for (const Relation *index : catalog.indexesOf(relation))
    if (index->index)
      parts.push_back(ofIndex(catalog, *index));
  for (const Trigger &trigger : relation.triggers)
    parts.push_back("trigger " + quoteIdentifier(trigger.name) + " " + sqlName(trigger.function) +
                    (trigger.enabled == 'O' ? "" : std::string(" ") + trigger.enabled) +
                    (trigger.parent == ObjectId::none ? "" : " cloned"));
  for (const Policy &policy : relation.policies)
    parts.push_back("policy " + quoteIdentifier(policy.name) + " " + policy.definition.command);
  for (const RewriteRule &rule : relation.rules)
    parts.push_back("rule " + quoteIdentifier(rule.name) + " " + rule.definition.event);
  for (const std::string &dropped : relation.dropped_columns)
    parts.push_back("without column " + quoteIdentifier(dropped));
  addSorted(text, std::move(parts));
}

static std::string_view kindName(TypeKind kind) {
  switch (kind) {
  case TypeKind::enumeration:
    return "enum";
  case TypeKind::domain:
    return "domain";
  case TypeKind::composite:
    return "composite type";
  case TypeKind::range:
    return "range type";
  case TypeKind::base:
    return "base type";
  case TypeKind::shell:
    return "shell type";
  }
  return {};
}

static void addType(std::string &text, const Catalog &catalog, const Type &type) {
  std::string line = std::string(kindName(type.kind)) + " " + type.qualifiedName();
  for (size_t i = 0; i < type.labels.size(); ++i)
    line += (i == 0 ? " (" : ", ") + type.labels[i];
  if (!type.labels.empty())
    line += ")";
  if (type.kind == TypeKind::domain)
    line += " " + sqlType(type.base) + (type.not_null ? " NOT NULL" : "");
  if (type.default_value)
    line += " DEFAULT " + type.default_value->text;
  addLine(text, line + (type.partial ? " partial" : ""));
  for (const Constraint &constraint : type.constraints)
    addLine(text, "  constraint " + quoteIdentifier(constraint.name) + " " +
                      ddl::definitionOf(catalog, constraint));
  if (const Relation *relation = catalog.relation(type.relation))
    for (const Column &column : relation->columns)
      addLine(text, "  " + ddl::definitionOf(column));
}

std::string describe(const Catalog &catalog) {
  std::string text;
  for (const std::string &schema : catalog.schemas())
    if (schema != "public")
      addLine(text, "schema " + quoteIdentifier(schema));
  for (const Type *type : catalog.types())
    addType(text, catalog, *type);
  for (const Function *function : catalog.functions())
    addLine(text, "function " + function->signature());
  for (const Relation *relation : catalog.relations())
    if (!relation->isIndex() && relation->kind != RelationKind::composite_type)
      addRelation(text, catalog, *relation);
  for (const NamedObject *object : catalog.objects())
    addLine(text, std::string(name(object->kind)) + " " + sqlName(object->name));
  if (catalog.incompleteSince())
    addLine(text, "incomplete");
  return text;
}

} // namespace lockstep::test
