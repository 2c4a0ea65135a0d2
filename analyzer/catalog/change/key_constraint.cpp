#include "catalog/change/key_constraint.hpp"

#include "catalog/change/build_index.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/not_null.hpp"
#include "catalog/change/target.hpp"

#include <algorithm>

namespace lockstep::catalog {

static std::string_view sqlKind(ConstraintKind kind) {
  return kind == ConstraintKind::primary_key ? "PRIMARY KEY"
         : kind == ConstraintKind::unique    ? "UNIQUE"
                                             : "EXCLUDE";
}

void addKeyConstraint(Change &change, ObjectId index_id, const Constraint &pattern,
                      bool inherited) {
  const Relation &index = *change.catalog().relation(index_id);
  {
    ObjectEdit<Relation> table = change.edit(index.index->table);
    Constraint constraint = pattern;
    constraint.name = index.name;
    constraint.index = index_id;
    if (inherited) {
      constraint.is_local = false;
      constraint.inherited = 1;
    }
    Constraint *own = table->constraints.editFirst(
        [&](const Constraint &each) { return each.index == index_id; });
    if (!own) {
      putConstraint(*table, std::move(constraint));
    } else if (inherited) { // A constraint of the partition's own that was attached.
      own->inherited = 1;
      own->is_local = false;
    }
  }
  for (ObjectId child : SharedVector<ObjectId>(index.children))
    addKeyConstraint(change, child, pattern, true);
}

/// The columns of a primary key become NOT NULL, below the table as well
/// (index_check_primary_key, index.c; ATPrepAddPrimaryKey, tablecmds.c, 18).
static bool setKeyNotNull(Change &change, ObjectId table, const std::vector<std::string> &columns,
                          ConstraintMode mode, Range where) {
  for (const std::string &name : columns) {
    const Column *column = change.catalog().relation(table)->findColumn(name);
    if ((!column || !column->not_null) &&
        !setNotNull(change, table, name, {{}, true, false, mode.only, true}, where))
      return false;
  }
  return true;
}

/// UNIQUE or PRIMARY KEY USING INDEX: an index becomes a constraint (transformIndexConstraint,
/// parse_utilcmd.c).
static bool useIndex(Change &change, ObjectId table_id, const ConstraintDef &definition) {
  const Relation &table = *change.catalog().relation(table_id);
  const bool certain = change.catalog().isCertain(table);
  if (certain && table.kind == RelationKind::partitioned_table)
    return change.refuse("0A000",
                         "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on "
                         "partitioned tables",
                         definition.where, table.qualifiedName());
  const QualifiedName name{table.schema, definition.using_index, definition.where};
  const Relation *index = change.catalog().findRelation(name);
  if (!index) {
    if (change.catalog().knowledgeOf(name) == Knowledge::absent)
      return change.refuse("42704", format("index \"{}\" does not exist", name.name),
                           definition.where, table.qualifiedName());
    // An index that was never seen.
    Relation unknown;
    unknown.kind = RelationKind::index;
    unknown.schema = table.schema;
    unknown.name = name.name;
    unknown.partial = true;
    IndexInfo info;
    info.table = table_id;
    info.unique = true;
    unknown.index = std::make_shared<const IndexInfo>(std::move(info));
    const ObjectId id = change.create(std::move(unknown));
    change.edit(table_id)->indexes.push_back(id);
    index = change.catalog().relation(id);
  }
  const ObjectId id = index->id;
  if (!index->isIndex())
    return !change.catalog().isCertain(*index) ||
           change.refuse("42809", format("\"{}\" is not an index", name.name), definition.where,
                         index->qualifiedName());
  if (index->index && change.catalog().isCertain(*index)) {
    const IndexInfo &info = *index->index;
    const auto no = [&](std::string_view sqlstate, std::string_view pattern) {
      return change.refuse(sqlstate, format(pattern, name.name), definition.where,
                           index->qualifiedName());
    };
    if (info.table != table_id)
      return change.refuse(
          "55000", format("index \"{}\" does not belong to table \"{}\"", name.name, table.name),
          definition.where, index->qualifiedName());
    if (!info.constraint.empty())
      return no("55000", "index \"{}\" is already associated with a constraint");
    if (!info.valid)
      return no("55000", "index \"{}\" is not valid");
    if (!info.unique)
      return no("42809", "\"{}\" is not a unique index");
    for (const IndexElement &element : info.elements)
      if (element.expression)
        return no("42809", "index \"{}\" contains expressions");
    if (info.predicate)
      return no("42809", "\"{}\" is a partial index");
    for (size_t i = 0; i < info.elements.size(); ++i)
      if (info.elements[i].descending || info.elements[i].nulls_first.value_or(false))
        return change.refuse("42809",
                             format("index \"{}\" column number {} does not have default sorting "
                                    "behavior",
                                    name.name, std::to_string(i + 1)),
                             definition.where, index->qualifiedName());
  }
  Constraint constraint = constraintOf(change, definition);
  constraint.name_generated = false;
  if (index->index)
    for (const IndexElement &element : index->index->elements)
      if (!element.expression)
        constraint.columns.push_back(element.column);
  const std::string constraint_name =
      definition.name.empty() ? *definition.using_index : definition.name;
  if (!requireFreeConstraint(change, table, constraint_name, definition.where))
    return false;
  if (constraint_name != index->name) {
    if (!makeRoom(change, {table.schema, constraint_name, definition.where}, definition.where,
                  {table_id, id}))
      return false;
    change.rename(id, table.schema, constraint_name);
  }
  {
    ObjectEdit<Relation> edited = change.edit(id);
    IndexInfo info = edited->index ? *edited->index : IndexInfo();
    info.table = table_id;
    info.constraint = constraint_name;
    info.unique = true;
    info.primary = definition.kind == ConstraintKind::primary_key;
    edited->index = std::make_shared<const IndexInfo>(std::move(info));
  }
  if (constraint.kind == ConstraintKind::primary_key &&
      !setKeyNotNull(change, table_id, constraint.columns, {}, definition.where))
    return false;
  addKeyConstraint(change, id, constraint, false);
  return true;
}

/// A unique key of a partitioned table must hold its partition key (DefineIndex, indexcmds.c).
static bool coversPartitionKey(Change &change, const Relation &table,
                               const ConstraintDef &definition) {
  if (table.kind != RelationKind::partitioned_table || !change.catalog().isCertain(table) ||
      definition.kind == ConstraintKind::exclusion)
    return true;
  for (const IndexElement &key : table.partition_by->keys) {
    if (key.expression)
      return change.refuse("0A000",
                           format("unsupported {} constraint with partition key definition",
                                  sqlKind(definition.kind)),
                           definition.where, table.qualifiedName());
    if (std::find(definition.columns.begin(), definition.columns.end(), key.column) ==
        definition.columns.end())
      return change.refuse("0A000",
                           "unique constraint on partitioned table must include all partitioning "
                           "columns",
                           definition.where, table.qualifiedName());
  }
  return true;
}

bool addKey(Change &change, ObjectId table_id, const ConstraintDef &definition,
            ConstraintMode mode) {
  const Relation &table = *change.catalog().relation(table_id);
  // A second primary key shows only that a condition does not hold.
  if (definition.kind == ConstraintKind::primary_key && table.primaryKey() &&
      (change.catalog().isCertain(table) || change.isConditional()))
    return change.refuse(
        "42P16", format("multiple primary keys for table \"{}\" are not allowed", table.name),
        definition.where, table.qualifiedName());
  if (!definition.using_index.empty())
    return useIndex(change, table_id, definition);
  if (!requireColumns(change, table, definition.columns, definition.where,
                      "column \"{}\" named in key does not exist") ||
      !requireColumns(change, table, definition.include, definition.where,
                      "column \"{}\" named in key does not exist"))
    return false;
  if (!coversPartitionKey(change, table, definition))
    return false;

  IndexSpec spec;
  spec.name = definition.name;
  spec.elements = definition.kind == ConstraintKind::exclusion ? *definition.elements
                                                               : elementsOf(definition.columns);
  spec.include = definition.include;
  spec.method = definition.method.empty() ? definition.without_overlaps ? "gist" : "btree"
                                          : *definition.method;
  spec.tablespace = definition.tablespace;
  spec.options = definition.options;
  spec.unique = definition.kind != ConstraintKind::exclusion;
  spec.primary = definition.kind == ConstraintKind::primary_key;
  spec.exclusion = definition.kind == ConstraintKind::exclusion;
  spec.is_constraint = true;
  spec.nulls_not_distinct = definition.nulls_not_distinct;
  spec.only = mode.only;
  spec.origin = change.origin();
  spec.origin.where = definition.where;
  spec.predicate = definition.expression;
  if (!definition.name.empty()) {
    if (!requireFreeConstraint(change, table, definition.name, definition.where))
      return false;
    const QualifiedName index_name{table.schema, definition.name, definition.where};
    if (!makeRoom(change, index_name, definition.where, {table_id}))
      return false;
  }
  Constraint constraint = constraintOf(change, definition);
  constraint.name_generated = definition.name.empty();
  if (definition.kind == ConstraintKind::exclusion)
    for (const IndexElement &element : definition.elements)
      if (!element.expression)
        constraint.columns.push_back(element.column);
  if (definition.kind == ConstraintKind::primary_key &&
      !setKeyNotNull(change, table_id, definition.columns, mode, definition.where))
    return false;
  const ObjectId index = buildIndex(change, table_id, std::move(spec));
  addKeyConstraint(change, index, constraint, false);
  return true;
}

} // namespace lockstep::catalog
