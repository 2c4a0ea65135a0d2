#include "ddl/constraint.hpp"

#include "base/text.hpp"
#include "ddl/address.hpp"
#include "ddl/index.hpp"
#include "ddl/options.hpp"
#include "ddl/table.hpp"

namespace lockstep::ddl {

static std::string_view action(char code) {
  switch (code) {
  case 'r':
    return "RESTRICT";
  case 'c':
    return "CASCADE";
  case 'n':
    return "SET NULL";
  case 'd':
    return "SET DEFAULT";
  default:
    return {};
  }
}

static std::string foreignKeyText(const Constraint &constraint) {
  // A foreign key WITHOUT OVERLAPS says PERIOD of its last column (18).
  const auto columns = [&](const std::vector<std::string> &names) {
    std::string list = identifierList(names);
    if (constraint.without_overlaps && !names.empty())
      list.insert(list.size() - quoteIdentifier(names.back()).size(), "PERIOD ");
    return "(" + list + ")";
  };
  std::string text = "FOREIGN KEY " + columns(constraint.columns) + " REFERENCES " +
                     sqlName(constraint.referenced_name);
  if (!constraint.referenced_columns.empty())
    text += columns(constraint.referenced_columns);
  if (constraint.match == 'f')
    text += " MATCH FULL";
  if (const std::string_view update = action(constraint.on_update); !update.empty())
    text += format(" ON UPDATE {}", update);
  if (const std::string_view deletion = action(constraint.on_delete); !deletion.empty())
    text += format(" ON DELETE {}", deletion);
  if (!constraint.delete_columns.empty())
    text += " (" + identifierList(constraint.delete_columns) + ")";
  return text;
}

static std::string keyText(const Catalog &catalog, const Constraint &constraint,
                           std::string_view word) {
  std::string text(word);
  if (constraint.nulls_not_distinct)
    text += " NULLS NOT DISTINCT";
  text += " (" + identifierList(constraint.columns) +
          (constraint.without_overlaps ? " WITHOUT OVERLAPS)" : ")");
  const Relation *index = catalog.relation(constraint.index);
  if (index && index->index && !index->index->include.empty())
    text += " INCLUDE (" + identifierList(index->index->include) + ")";
  return text;
}

static std::string exclusionText(const Catalog &catalog, const Constraint &constraint) {
  const Relation *index = catalog.relation(constraint.index);
  if (!index || !index->index)
    return "EXCLUDE";
  std::string text =
      "EXCLUDE USING " + index->index->method + " " + elementsText(*index->index, true);
  if (index->index->predicate)
    text += " WHERE (" + index->index->predicate->text + ")";
  return text;
}

std::string definitionOf(const Catalog &catalog, const Constraint &constraint) {
  std::string text;
  switch (constraint.kind) {
  case ConstraintKind::check:
    text = "CHECK (" + (constraint.expression ? constraint.expression->text : std::string()) + ")";
    break;
  case ConstraintKind::not_null:
    text = "NOT NULL " + identifierList(constraint.columns);
    break;
  case ConstraintKind::unique:
    text = keyText(catalog, constraint, "UNIQUE");
    break;
  case ConstraintKind::primary_key:
    text = keyText(catalog, constraint, "PRIMARY KEY");
    break;
  case ConstraintKind::foreign_key:
    text = foreignKeyText(constraint);
    break;
  case ConstraintKind::exclusion:
    text = exclusionText(catalog, constraint);
    break;
  }
  if (constraint.no_inherit)
    text += " NO INHERIT";
  if (constraint.deferrable)
    text += constraint.initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
  if (!constraint.enforced)
    text += " NOT ENFORCED";
  else if (!constraint.valid)
    text += " NOT VALID";
  return text;
}

std::string constraintClause(const Catalog &catalog, const Constraint &constraint) {
  std::string text =
      "CONSTRAINT " + quoteIdentifier(constraint.name) + " " + definitionOf(catalog, constraint);
  const Relation *index = catalog.relation(constraint.index);
  if (!index)
    return text;
  // WITH and TABLESPACE stand before DEFERRABLE and, of EXCLUDE, before WHERE.
  std::string storage;
  if (!index->options.empty())
    storage += " WITH (" + optionList(index->options) + ")";
  if (!index->tablespace.empty())
    storage += " USING INDEX TABLESPACE " + quoteIdentifier(index->tablespace);
  const std::string_view stop =
      constraint.kind == ConstraintKind::exclusion && index->index && index->index->predicate
          ? " WHERE ("
          : " DEFERRABLE";
  const size_t at = storage.empty() ? std::string::npos : text.rfind(stop);
  return at == std::string::npos ? text + storage : text.insert(at, storage);
}

SqlStatement addConstraint(const Catalog &catalog, const Relation &table,
                           const Constraint &constraint) {
  bool only = false;
  SearchPath path;
  switch (constraint.kind) {
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion:
    only = true;
    path = table.search_path;
    break;
  case ConstraintKind::foreign_key:
    only = table.kind != RelationKind::partitioned_table;
    break;
  case ConstraintKind::check:
    path = table.search_path;
    break;
  case ConstraintKind::not_null:
    break;
  }
  return {alterTable(table, only) + "ADD " + constraintClause(catalog, constraint), path};
}

SqlStatement addConstraint(const Catalog &catalog, const Type &domain,
                           const Constraint &constraint) {
  return {"ALTER DOMAIN " + domain.qualifiedName() + " ADD " +
              constraintClause(catalog, constraint),
          domain.search_path};
}

bool standsInTable(const Relation &table, const Constraint &constraint) {
  switch (constraint.kind) {
  case ConstraintKind::check:
    return (constraint.is_local || constraint.inherited == 0 || table.is_partition) &&
           (constraint.valid || !constraint.enforced);
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion:
    return !isInPartitionTree(table) && constraint.index != ObjectId::none;
  case ConstraintKind::not_null:
  case ConstraintKind::foreign_key:
    break;
  }
  return false;
}

} // namespace lockstep::ddl
