#include "catalog/change/build_index.hpp"

#include "catalog/change/column.hpp"
#include "catalog/model/generated_names.hpp"

#include <algorithm>

namespace lockstep::catalog {

std::vector<IndexElement> elementsOf(const std::vector<std::string> &columns) {
  std::vector<IndexElement> elements(columns.size());
  for (size_t i = 0; i < columns.size(); ++i)
    elements[i].column = columns[i];
  return elements;
}

static bool sameElement(const IndexElement &a, const IndexElement &b) {
  if (a.column != b.column || !a.expression != !b.expression)
    return false;
  if (a.expression && a.expression->text != b.expression->text)
    return false;
  return a.opclass->name == b.opclass->name && a.collation->name == b.collation->name;
}

bool isMatching(const IndexInfo &parent, const IndexInfo &candidate) {
  if (parent.method != candidate.method || parent.unique != candidate.unique ||
      parent.nulls_not_distinct != candidate.nulls_not_distinct ||
      parent.include != candidate.include || parent.elements.size() != candidate.elements.size() ||
      parent.constraint.empty() != candidate.constraint.empty() ||
      parent.primary != candidate.primary ||
      (parent.predicate != nullptr) != (candidate.predicate != nullptr))
    return false;
  if (parent.predicate && parent.predicate->text != candidate.predicate->text)
    return false;
  return std::equal(parent.elements.begin(), parent.elements.end(), candidate.elements.begin(),
                    sameElement);
}

const Relation *findMatching(const Catalog &catalog, const Relation &table,
                             const Relation &parent) {
  for (ObjectId id : table.indexes) {
    const Relation *index = catalog.relation(id);
    if (index && index->index && index->index->parent == ObjectId::none &&
        isMatching(*parent.index, *index->index))
      return index;
  }
  return nullptr;
}

static void changeInfo(Relation &index, ObjectId IndexInfo::*field, ObjectId value) {
  IndexInfo info = *index.index;
  info.*field = value;
  index.index = std::make_shared<const IndexInfo>(std::move(info));
}

/// Marks a partitioned index as valid once every partition has a valid one, and likewise above it
/// (validatePartitionedIndex, tablecmds.c).
static void validatePartitionedIndex(Change &change, ObjectId id) {
  const Relation *index = change.catalog().relation(id);
  const Relation *table = index ? change.catalog().relation(index->index->table) : nullptr;
  if (!table || index->index->valid)
    return;
  size_t attached = 0;
  for (ObjectId child : index->children)
    attached += change.catalog().relation(child)->index->valid ? 1 : 0;
  if (attached < table->children.size())
    return;
  IndexInfo info = *index->index;
  info.valid = true;
  const ObjectId parent = info.parent;
  change.edit(id)->index = std::make_shared<const IndexInfo>(std::move(info));
  validatePartitionedIndex(change, parent);
}

static void setValid(Change &change, ObjectId id, bool valid) {
  IndexInfo info = *change.catalog().relation(id)->index;
  info.valid = valid;
  change.edit(id)->index = std::make_shared<const IndexInfo>(std::move(info));
}

void attachIndex(Change &change, ObjectId parent, ObjectId child) {
  changeInfo(*change.edit(child), &IndexInfo::parent, parent);
  change.edit(parent)->children.push_back(child);
  validatePartitionedIndex(change, parent);
}

IndexSpec specOf(const Relation &index) {
  const IndexInfo &info = *index.index;
  IndexSpec spec;
  spec.elements = info.elements;
  spec.include = info.include;
  spec.predicate = info.predicate;
  spec.method = info.method;
  spec.tablespace = index.tablespace;
  spec.options = index.options;
  spec.unique = info.unique;
  spec.primary = info.primary;
  spec.is_constraint = !info.constraint.empty();
  spec.exclusion = spec.is_constraint && !info.unique;
  spec.nulls_not_distinct = info.nulls_not_distinct;
  return spec;
}

static IndexPurpose purposeOf(const IndexSpec &spec) {
  if (spec.primary)
    return IndexPurpose::primary_key;
  if (spec.exclusion)
    return IndexPurpose::exclusion;
  return spec.is_constraint ? IndexPurpose::unique : IndexPurpose::plain;
}

static void addSpecReferences(const Change &change, Relation &index, const IndexSpec &spec) {
  for (const IndexElement &element : spec.elements)
    if (element.expression)
      addReferences(change, index, element.expression->root, PartKind::whole, {});
  if (spec.predicate)
    addReferences(change, index, spec.predicate->root, PartKind::whole, {});
}

/// (b COLLATE "C") and (b) are columns, not expressions (ComputeIndexAttrs, indexcmds.c).
static void simplify(IndexElement &element) {
  if (!element.expression)
    return;
  const Expression *node = &element.expression->root;
  QualifiedName collation;
  while (node->kind == ExpressionKind::collate && node->arguments.size() == 1) {
    if (collation.empty())
      collation = {node->schema, node->name, {}};
    node = &node->arguments[0];
  }
  if (node->kind != ExpressionKind::column || node->name == "*")
    return;
  element.column = node->name;
  if (element.collation.empty())
    element.collation = std::move(collation);
  element.expression.reset();
}

ObjectId buildIndex(Change &change, ObjectId table_id, IndexSpec spec) {
  for (IndexElement &element : spec.elements)
    simplify(element);
  const Relation table = [&] { // Only what is needed of it: it is edited below.
    const Relation &found = *change.catalog().relation(table_id);
    Relation part;
    part.schema = found.schema;
    part.name = found.name;
    part.kind = found.kind;
    part.persistence = found.persistence;
    part.children = found.children;
    return part;
  }();
  const bool is_partitioned = table.kind == RelationKind::partitioned_table;
  if (spec.name.empty())
    spec.name = chooseIndexName(change.state(), table.name, table.schema, spec.elements,
                                spec.include, purposeOf(spec));
  Relation index;
  index.kind = is_partitioned ? RelationKind::partitioned_index : RelationKind::index;
  index.schema = table.schema;
  index.name = spec.name;
  index.persistence = table.persistence;
  index.tablespace = spec.tablespace;
  index.options = spec.options;
  index.origin = spec.origin;
  addSpecReferences(change, index, spec);
  IndexInfo info;
  info.table = table_id;
  info.elements = spec.elements;
  info.include = spec.include;
  info.predicate = spec.predicate;
  info.method = spec.method;
  info.unique = spec.unique;
  info.primary = spec.primary;
  info.nulls_not_distinct = spec.nulls_not_distinct;
  info.constraint = spec.is_constraint ? spec.name : std::string();
  info.valid = !(is_partitioned && spec.only && !table.children.empty());
  index.index = std::make_shared<const IndexInfo>(std::move(info));
  const ObjectId id = change.create(std::move(index));
  change.edit(table_id)->indexes.push_back(id);
  if (!is_partitioned || spec.only)
    return id;
  spec.name.clear();
  bool valid = true;
  for (ObjectId child : table.children) {
    const Relation *partition = change.catalog().relation(child);
    if (!partition || partition->kind == RelationKind::foreign_table)
      continue;
    const Relation *match =
        findMatching(change.catalog(), *partition, *change.catalog().relation(id));
    const ObjectId partition_index = match ? match->id : buildIndex(change, child, spec);
    attachIndex(change, id, partition_index);
    valid = valid && change.catalog().relation(partition_index)->index->valid;
  }
  if (!valid)
    setValid(change, id, false);
  return id;
}

} // namespace lockstep::catalog
