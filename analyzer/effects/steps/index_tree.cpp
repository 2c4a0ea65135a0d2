#include "effects/steps/index_tree.hpp"

#include <algorithm>

namespace lockstep::effects {

IndexShape shapeOf(const CreateIndex &index) {
  IndexShape shape;
  shape.elements = index.elements;
  shape.include = index.include;
  shape.predicate = index.predicate ? &*index.predicate : nullptr;
  if (!index.method.empty())
    shape.method = index.method;
  shape.unique = index.unique;
  shape.nulls_not_distinct = index.nulls_not_distinct;
  return shape;
}

static IndexPurpose purposeOf(ConstraintKind kind) {
  return kind == ConstraintKind::primary_key ? IndexPurpose::primary_key
         : kind == ConstraintKind::exclusion ? IndexPurpose::exclusion
                                             : IndexPurpose::unique;
}

IndexShape shapeOf(const ConstraintDef &constraint) {
  IndexShape shape;
  shape.elements = constraint.elements;
  for (const std::string &column : constraint.columns) {
    IndexElement element;
    element.column = column;
    shape.elements.push_back(std::move(element));
  }
  shape.include = constraint.include;
  shape.predicate = constraint.expression ? &*constraint.expression : nullptr;
  shape.unique = constraint.kind != ConstraintKind::exclusion;
  if (!constraint.method.empty())
    shape.method = constraint.method;
  else if (!shape.unique || constraint.without_overlaps)
    shape.method = shape.unique ? "gist" : "btree";
  shape.nulls_not_distinct = constraint.nulls_not_distinct;
  shape.purpose = purposeOf(constraint.kind);
  return shape;
}

IndexShape shapeOf(const Relation &index) {
  IndexShape shape;
  const IndexInfo &info = *index.index;
  shape.elements = info.elements;
  shape.include = info.include;
  shape.predicate = info.predicate.get();
  shape.method = info.method;
  shape.unique = info.unique;
  shape.nulls_not_distinct = info.nulls_not_distinct;
  if (info.primary)
    shape.purpose = IndexPurpose::primary_key;
  else if (!info.constraint.empty())
    shape.purpose = info.unique ? IndexPurpose::unique : IndexPurpose::exclusion;
  return shape;
}

static bool sameText(const SqlExpression *a, const SqlExpression *b) {
  return a && b ? a->text == b->text : a == b;
}

static bool sameElement(const IndexElement &a, const IndexElement &b) {
  return a.column == b.column &&
         sameText(a.expression ? &*a.expression : nullptr,
                  b.expression ? &*b.expression : nullptr) &&
         a.collation == b.collation && a.opclass == b.opclass;
}

const Relation *matchingIndex(const IndexShape &shape, const Relation &table,
                              const Catalog &catalog) {
  for (ObjectId id : table.indexes) {
    const Relation *index = catalog.relation(id);
    if (!index || index->index->parent != ObjectId::none || !index->index->valid)
      continue;
    const IndexInfo &info = *index->index;
    // Order and position of nulls do not matter (CompareIndexInfo, index.c).
    if (info.method == shape.method && info.unique == shape.unique &&
        info.nulls_not_distinct == shape.nulls_not_distinct && info.include == shape.include &&
        std::equal(info.elements.begin(), info.elements.end(), shape.elements.begin(),
                   shape.elements.end(), sameElement) &&
        sameText(info.predicate.get(), shape.predicate) &&
        shape.isConstraint() == !info.constraint.empty() &&
        (shape.purpose == IndexPurpose::primary_key) == info.primary)
      return index;
  }
  return nullptr;
}

std::string indexNameOn(const IndexShape &shape, const Place &table, const Catalog &catalog) {
  return chooseIndexName(catalog.state(), table.name(), table.schema(), shape.elements,
                         shape.include, shape.purpose);
}

static bool isPartitioned(const Place &place) {
  return place.relation && place.relation->kind == RelationKind::partitioned_table;
}

/// The index on one partition and below.
static void buildOnPartition(const IndexShape &shape, const Relation &partition, Collector &out) {
  if (partition.kind == RelationKind::foreign_table)
    return;
  if (const Relation *existing = matchingIndex(shape, partition, out.catalog())) {
    out.lock(*existing, LockMode::share, LockReason::index);
    return;
  }
  const Place place = Collector::at(partition);
  buildIndexTree(shape, indexNameOn(shape, place, out.catalog()), place, false, out);
}

void buildIndexTree(const IndexShape &shape, const std::string &name, const Place &table, bool only,
                    Collector &out) {
  if (isPartitioned(table)) {
    if (only)
      return;
    for (ObjectId id : table.relation->children)
      if (const Relation *partition = out.catalog().relation(id)) {
        out.lock(*partition, LockMode::share, LockReason::partition);
        buildOnPartition(shape, *partition, out);
      }
    return;
  }
  out.build(name.empty() ? indexNameOn(shape, table, out.catalog()) : name, table);
  out.scan(table, ScanReason::index_build);
}

void buildMissingIndexes(const Relation &parent, const Place &partition, bool is_new,
                         Collector &out) {
  for (ObjectId id : parent.indexes) {
    const Relation *index = out.catalog().relation(id);
    if (!index)
      continue;
    // Marks the parent's index as having children (IndexSetParentIndex, indexcmds.c).
    out.lock(*index, LockMode::share_update_exclusive, LockReason::index);
    const IndexShape shape = shapeOf(*index);
    if (partition.relation && matchingIndex(shape, *partition.relation, out.catalog()))
      continue;
    if (is_new)
      out.build(indexNameOn(shape, partition, out.catalog()), partition);
    else
      buildIndexTree(shape, {}, partition, false, out);
  }
}

} // namespace lockstep::effects
