#include "base/pg/feature.hpp"
#include "catalog/apply/apply_op.hpp"
#include "catalog/change/build_index.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/target.hpp"

#include <algorithm>

namespace lockstep::catalog {

bool applyOp(Change &change, const CreateIndex &op) {
  const Target target = findTarget(change, op.table, RelationKind::table, false);
  if (target.refused)
    return false;
  const Relation &table = *change.catalog().relation(target.id);
  const bool certain = change.catalog().isCertain(table);
  if (certain && !table.holdsRows())
    return change.refuse("42809",
                         supports(change.postgres(), Feature::names_refused_action)
                             ? format("cannot create index on relation \"{}\"", table.name)
                             : format("\"{}\" is not a table or materialized view", table.name),
                         op.table.where, table.qualifiedName());
  if (certain && table.kind == RelationKind::partitioned_table && op.concurrently)
    return change.refuse(
        "0A000", format("cannot create index on partitioned table \"{}\" concurrently", table.name),
        op.where, table.qualifiedName());
  IndexSpec spec;
  spec.name = op.name;
  if (!op.name.empty()) {
    const QualifiedName name{table.schema, op.name, op.where};
    const NameEntry *entry = change.state().relation_names.find(NameView{name.schema, name.name});
    if (op.if_not_exists && entry && entry->id != ObjectId::none)
      return true;
    if (!makeRoom(change, name, op.where, {target.id}))
      return false;
  }
  for (const IndexElement &element : op.elements) {
    const std::vector<std::string> columns = element.expression
                                                 ? columnsOf(element.expression->root)
                                                 : std::vector<std::string>{element.column};
    if (!requireColumns(change, table, columns, op.where, "column \"{}\" does not exist"))
      return false;
  }
  if (!requireColumns(change, table, op.include, op.where, "column \"{}\" does not exist"))
    return false;
  if (op.predicate && !requireColumns(change, table, columnsOf(op.predicate->root), op.where,
                                      "column \"{}\" does not exist"))
    return false;
  spec.elements = op.elements;
  spec.include = op.include;
  spec.predicate = op.predicate;
  spec.method = op.method.empty() ? "btree" : op.method;
  spec.tablespace = op.tablespace;
  spec.options = op.options;
  spec.unique = op.unique;
  spec.nulls_not_distinct = op.nulls_not_distinct;
  spec.only = op.only;
  spec.origin = change.origin();
  (void)buildIndex(change, target.id, std::move(spec));
  return true;
}

/// REINDEX makes an invalid index valid.
bool applyOp(Change &change, const Reindex &op) {
  if (op.kind != ReindexKind::index)
    return true;
  const Relation *index = change.catalog().findRelation(op.name);
  if (!index || !index->index || index->index->valid || index->kind != RelationKind::index)
    return true;
  IndexInfo info = *index->index;
  info.valid = true;
  change.edit(index->id)->index = std::make_shared<const IndexInfo>(std::move(info));
  return true;
}

bool applyOp(Change &change, const Cluster &op) {
  const Relation *table = change.catalog().findRelation(op.table);
  if (!table)
    return true;
  if (op.index.empty()) {
    const auto indexes = change.catalog().indexesOf(*table);
    const bool is_marked = std::any_of(indexes.begin(), indexes.end(), [](const Relation *index) {
      return index->index && index->index->clustered;
    });
    if (is_marked || !change.catalog().isCertain(*table))
      return true;
    return change.refuse(
        "42704", format("there is no previously clustered index for table \"{}\"", table->name),
        op.where, table->qualifiedName());
  }
  const auto all = change.catalog().indexesOf(*table);
  const bool is_there = std::any_of(all.begin(), all.end(),
                                    [&](const Relation *index) { return index->name == op.index; });
  QualifiedName index{table->schema, op.index, {}};
  if (!is_there && change.catalog().knowledgeOf(index) == Knowledge::absent)
    return change.refuse(
        "42704", format("index \"{}\" for table \"{}\" does not exist", op.index, table->name),
        op.where, sqlName(index));
  for (const Relation *each : all) {
    const bool clustered = each->name == op.index;
    if (!each->index || each->index->clustered == clustered)
      continue;
    IndexInfo info = *each->index;
    info.clustered = clustered;
    change.edit(each->id)->index = std::make_shared<const IndexInfo>(std::move(info));
  }
  return true;
}

} // namespace lockstep::catalog
