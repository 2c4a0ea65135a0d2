#include "ddl/table.hpp"

#include "base/text.hpp"
#include "ddl/address.hpp"
#include "ddl/column.hpp"
#include "ddl/constraint.hpp"
#include "ddl/index.hpp"
#include "ddl/options.hpp"

#include <algorithm>

namespace lockstep::ddl {

std::string partitionKey(const PartitionBy &partition_by) {
  std::string_view strategy;
  switch (partition_by.strategy) {
  case PartitionStrategy::none:
    return {};
  case PartitionStrategy::range:
    strategy = "RANGE";
    break;
  case PartitionStrategy::list:
    strategy = "LIST";
    break;
  case PartitionStrategy::hash:
    strategy = "HASH";
    break;
  }
  return format("{} ({})", strategy, elementList(partition_by.keys));
}

bool isInPartitionTree(const Relation &table) {
  return table.is_partition || table.kind == RelationKind::partitioned_table;
}

bool inheritsAtOnce(const Relation &table) {
  return !table.is_partition && !table.parents.empty() &&
         std::any_of(table.columns.begin(), table.columns.end(),
                     [](const Column &column) { return column.inherited > 0 && !column.is_local; });
}

static std::string parentList(const Catalog &catalog, const Relation &table) {
  std::string text;
  for (ObjectId id : table.parents)
    if (const Relation *parent = catalog.relation(id))
      text += (text.empty() ? "" : ", ") + parent->qualifiedName();
  return text;
}

static bool contains(const std::vector<std::string> &names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// True where the expression of a constraint names one of the columns.
static bool mentionsAny(const Constraint &constraint, const std::vector<std::string> &columns) {
  if (columns.empty() || !constraint.expression)
    return false;
  const std::vector<std::string> used = columnsOf(constraint.expression->root);
  return std::any_of(columns.begin(), columns.end(), [&](const std::string &column) {
    return std::binary_search(used.begin(), used.end(), column);
  });
}

/// What stands between the parentheses of CREATE TABLE.
static std::vector<std::string> elementsOf(const Catalog &catalog, const Relation &table,
                                           int postgres, const Deferred &deferred) {
  std::vector<std::string> elements;
  for (const Column &column : table.columns) {
    if (contains(deferred.columns, column.name) || isInherited(table, column))
      continue;
    std::string element = table.of_type.empty()
                              ? columnDefinition(catalog, table, column, postgres, !deferred.calls)
                              : typedColumnDefinition(catalog, table, column, postgres);
    if (!element.empty())
      elements.push_back(std::move(element));
  }
  for (const Constraint &constraint : table.constraints)
    if (standsInTable(table, constraint) && !mentionsAny(constraint, deferred.columns) &&
        !(deferred.calls && constraint.kind == ConstraintKind::check))
      elements.push_back(constraintClause(catalog, constraint));
  return elements;
}

/// What follows the parentheses: how the table's rows are kept.
static std::string storageOf(const Relation &table) {
  std::string text;
  if (table.kind == RelationKind::foreign_table) {
    text += "\nSERVER " + quoteIdentifier(table.server);
    if (!table.options.empty())
      text += "\nOPTIONS (" + genericOptions(table.options) + ")";
    return text;
  }
  if (!table.access_method.empty())
    text += "\nUSING " + quoteIdentifier(table.access_method);
  if (!table.options.empty())
    text += "\nWITH (" + optionList(table.options) + ")";
  if (!table.tablespace.empty())
    text += "\nTABLESPACE " + quoteIdentifier(table.tablespace);
  return text;
}

SqlStatement createTable(const Catalog &catalog, const Relation &table, int postgres,
                         const Deferred &deferred) {
  std::string text = "CREATE ";
  if (table.persistence == Persistence::unlogged)
    text += "UNLOGGED ";
  text += table.kind == RelationKind::foreign_table ? "FOREIGN TABLE " : "TABLE ";
  text += table.qualifiedName();
  const bool is_typed = !table.of_type.empty();
  if (is_typed)
    text += " OF " + sqlType(table.of_type);
  const std::vector<std::string> elements = elementsOf(catalog, table, postgres, deferred);
  if (!elements.empty() || !is_typed)
    text += elements.empty() ? " (\n)" : " (\n    " + join(elements, ",\n    ") + "\n)";
  if (inheritsAtOnce(table))
    text += "\nINHERITS (" + parentList(catalog, table) + ")";
  if (table.kind == RelationKind::partitioned_table)
    text += "\nPARTITION BY " + partitionKey(table.partition_by);
  return {text + storageOf(table), table.search_path};
}

SqlStatements addDeferredColumns(const Catalog &catalog, const Relation &table, int postgres,
                                 const Deferred &deferred) {
  std::vector<std::string> actions;
  for (const Column &column : table.columns)
    if (contains(deferred.columns, column.name))
      actions.push_back("ADD COLUMN " +
                        columnDefinition(catalog, table, column, postgres, !deferred.calls));
  for (const Constraint &constraint : table.constraints)
    if (!deferred.calls && standsInTable(table, constraint) &&
        mentionsAny(constraint, deferred.columns))
      actions.push_back("ADD " + constraintClause(catalog, constraint));
  if (actions.empty())
    return {};
  return {{"ALTER TABLE " + table.qualifiedName() + "\n    " + join(actions, ",\n    "),
           table.search_path}};
}

SqlStatements addDeferredCalls(const Catalog &catalog, const Relation &table,
                               const Deferred &deferred) {
  SqlStatements statements;
  if (!deferred.calls)
    return statements;
  for (const Column &column : table.columns)
    if (column.default_value && !isInherited(table, column))
      statements.push_back(setDefault(table, column));
  for (const Constraint &constraint : table.constraints)
    if (constraint.kind == ConstraintKind::check && standsInTable(table, constraint))
      statements.emplace_back(alterTable(table, !isInPartitionTree(table)) + "ADD " +
                                  constraintClause(catalog, constraint),
                              table.search_path);
  return statements;
}

SqlStatements joinParents(const Catalog &catalog, const Relation &table) {
  SqlStatements statements;
  if (table.is_partition && !table.parents.empty()) {
    if (const Relation *parent = catalog.relation(table.parents.front()))
      statements.emplace_back(alterTable(*parent, true) + "ATTACH PARTITION " +
                                  table.qualifiedName() + " " + table.bound->text,
                              table.search_path);
  } else if (!inheritsAtOnce(table)) {
    for (ObjectId id : table.parents)
      if (const Relation *parent = catalog.relation(id))
        statements.emplace_back(alterTable(table) + "INHERIT " + parent->qualifiedName());
  }
  return statements;
}

SqlStatements indexRoles(const Catalog &catalog, const Relation &table) {
  SqlStatements statements;
  const std::string alter = alterTable(table, true);
  if (table.replica_identity == 'f' || table.replica_identity == 'n')
    statements.emplace_back(alter + "REPLICA IDENTITY " +
                            (table.replica_identity == 'f' ? "FULL" : "NOTHING"));
  for (const Relation *index : catalog.indexesOf(table)) {
    if (!index->index)
      continue;
    if (index->index->replica_identity && table.replica_identity == 'i')
      statements.emplace_back(alter + "REPLICA IDENTITY USING INDEX " +
                              quoteIdentifier(index->name));
    if (index->index->clustered)
      statements.emplace_back(alterTable(table) + "CLUSTER ON " + quoteIdentifier(index->name));
  }
  return statements;
}

} // namespace lockstep::ddl
