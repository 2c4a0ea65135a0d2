#include "catalog/change/inherit.hpp"

#include "base/pg/feature.hpp"
#include "catalog/change/build_index.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/foreign_key.hpp"
#include "catalog/change/key_constraint.hpp"
#include "catalog/change/not_null.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/generated_names.hpp"

#include <algorithm>

namespace lockstep::catalog {

/// How many levels there are from `start` on; where they are more than `most`, that many.
template <class Ids>
static size_t countLevels(const Catalog &catalog, const Relation &start, Ids Relation::*next,
                          size_t most) {
  std::vector<ObjectId> level((start.*next).begin(), (start.*next).end());
  size_t levels = 0;
  while (!level.empty() && levels < most) {
    ++levels;
    std::vector<ObjectId> beyond;
    for (ObjectId id : level)
      if (const Relation *relation = catalog.relation(id))
        beyond.insert(beyond.end(), (relation->*next).begin(), (relation->*next).end());
    std::sort(beyond.begin(), beyond.end());
    beyond.erase(std::unique(beyond.begin(), beyond.end()), beyond.end());
    level = std::move(beyond);
  }
  return levels;
}

bool isTooDeep(const Catalog &catalog, const Relation &parent, const Relation &child) {
  constexpr size_t most_levels = 100;
  return countLevels(catalog, parent, &Relation::parents, most_levels) +
             countLevels(catalog, child, &Relation::children, most_levels) >=
         most_levels;
}

/// What a child takes over of a parent's column.
static Column inheritedColumn(const Change &change, const Column &column, bool is_partition) {
  Column copy = column;
  copy.is_local = false;
  copy.inherited = 1;
  copy.is_serial = false;
  copy.sequence = ObjectId::none;
  // Identity is handed down to partitions, and to no other children.
  if (is_partition && supports(change.postgres(), Feature::partition_identity))
    copy.sequence = column.sequence;
  else
    copy.identity = Identity::none;
  copy.comment.clear();
  copy.privileges.reset();
  copy.options.clear();
  copy.statistics.clear();
  copy.origin = change.origin();
  return copy;
}

static void copyReferences(const Relation &from, Relation &to, PartKind kind,
                           const std::string &part) {
  for (const Reference &reference : from.references)
    if (reference.part_kind == kind && reference.part == part)
      to.references.push_back(reference);
}

bool inheritFrom(Change &change, TableDraft &draft, ObjectId parent_id, Range where) {
  const Relation &parent = *change.catalog().relation(parent_id);
  Relation &child = draft.relation;
  child.partial = child.partial || parent.partial;
  child.parents.push_back(parent_id);
  for (const Column &column : parent.columns) {
    if (Column *existing = findColumn(child, column.name)) {
      if (!existing->type.empty() && !column.type.empty() && !(existing->type == column.type))
        return change.refuse("42804",
                             format("inherited column \"{}\" has a type conflict", column.name),
                             where, child.qualifiedName());
      ++existing->inherited;
      existing->not_null = existing->not_null || hasInheritableNotNull(parent, column);
      continue;
    }
    Column inherited = inheritedColumn(change, column, child.is_partition);
    inherited.not_null = hasInheritableNotNull(parent, column);
    child.columns.push_back(std::move(inherited));
    copyReferences(parent, child, PartKind::column, column.name);
    copyReferences(parent, child, PartKind::default_value, column.name);
  }
  for (const Constraint &constraint : parent.constraints) {
    const bool inheritable =
        constraint.kind == ConstraintKind::check || constraint.kind == ConstraintKind::not_null;
    if (!inheritable || constraint.no_inherit)
      continue;
    const auto same = [&](const Constraint &own) {
      return constraint.kind == ConstraintKind::not_null
                 ? own.kind == constraint.kind && own.columns == constraint.columns
                 : own.name == constraint.name;
    };
    if (Constraint *own = child.constraints.editFirst(same)) {
      ++own->inherited;
      continue;
    }
    Constraint copy = constraint;
    copy.is_local = false;
    copy.inherited = 1;
    // A new table has no rows that could violate it (StoreRelCheck, heap.c).
    copy.valid = copy.enforced;
    copy.origin = change.origin();
    // NOT NULL constraints of one name, of several parents, need another (heap.c, 18).
    if (copy.kind == ConstraintKind::not_null && child.findConstraint(copy.name))
      copy.name = chooseConstraintName(change.state(), child.name, copy.columns.front(), "not_null",
                                       child.schema, child.constraints);
    copyReferences(parent, child, PartKind::constraint, copy.name);
    child.constraints.push_back(std::move(copy));
  }
  return true;
}

bool mergeColumn(Change &change, Relation &relation, Column &inherited, Column own, Range where) {
  if (!own.type.empty() && !inherited.type.empty() && !(own.type == inherited.type))
    return change.refuse("42804", format("column \"{}\" has a type conflict", own.name), where,
                         relation.qualifiedName());
  inherited.is_local = !relation.is_partition;
  inherited.not_null = inherited.not_null || own.not_null;
  if (own.default_value) {
    eraseReferences(relation, PartKind::default_value, own.name);
    inherited.default_value = std::move(own.default_value);
  }
  if (own.generation) {
    inherited.generation = std::move(own.generation);
    inherited.generated = own.generated;
  }
  if (own.identity != Identity::none) {
    inherited.identity = own.identity;
    inherited.sequence = own.sequence;
  }
  return true;
}

bool addLike(Change &change, TableDraft &draft, const LikeClause &like) {
  const Target target = findTarget(change, like.source, RelationKind::table, false);
  if (target.refused)
    return false;
  const Relation &source = *change.catalog().relation(target.id);
  Relation &table = draft.relation;
  table.partial = table.partial || source.partial;
  for (const Column &column : source.columns) {
    Column *inherited = findColumn(table, column.name);
    if (inherited && (inherited->inherited == 0 || inherited->is_local))
      return change.refuse("42701", format("column \"{}\" specified more than once", column.name),
                           like.source.where, table.qualifiedName());
    Column copy = column;
    copy.is_local = true;
    copy.inherited = 0;
    copy.is_serial = false;
    copy.sequence = ObjectId::none;
    copy.privileges.reset();
    copy.options.clear();
    copy.statistics.clear();
    copy.origin = change.origin();
    if (!like.including_comments)
      copy.comment.clear();
    if (!like.including_generated) {
      copy.generation.reset();
      copy.generated = Generated::none;
    }
    if (!like.including_defaults)
      copy.default_value.reset();
    if (!like.including_storage)
      copy.storage.clear();
    if (!like.including_compression)
      copy.compression.clear();
    if (!like.including_identity)
      copy.identity = Identity::none;
    else if (copy.identity != Identity::none) {
      const ColumnOwner owner{table.schema, table.name, table.persistence};
      const Relation *own = change.catalog().relation(column.sequence);
      copy.sequence = createOwnedSequence(
          change, owner, copy.name, copy.type,
          own && own->sequence ? own->sequence->options : std::vector<Option>(), true);
    }
    if (copy.default_value || copy.generation)
      copyReferences(source, table, PartKind::default_value, copy.name);
    copyReferences(source, table, PartKind::column, copy.name);
    if (!inherited)
      table.columns.push_back(std::move(copy));
    else if (!mergeColumn(change, table, *inherited, std::move(copy), like.source.where))
      return false;
  }
  for (const Constraint &constraint : source.constraints) {
    const bool wanted = constraint.kind == ConstraintKind::not_null ||
                        (constraint.kind == ConstraintKind::check && like.including_constraints);
    if (!wanted)
      continue;
    Constraint copy = constraint;
    copy.is_local = true;
    copy.inherited = 0;
    copy.valid = copy.enforced;
    copy.origin = change.origin();
    if (Constraint *inherited = findConstraint(table, copy.name)) {
      inherited->is_local = true;
      continue;
    }
    copyReferences(source, table, PartKind::constraint, copy.name);
    table.constraints.push_back(std::move(copy));
  }
  if (like.including_indexes)
    for (const Relation *index : change.catalog().indexesOf(source))
      if (index->index && index->index->valid)
        draft.indexes_like.push_back(index->id);
  return true;
}

/// The key constraint that an index belongs to, or null.
static const Constraint *constraintOf(const Catalog &catalog, const Relation &index) {
  if (index.index->constraint.empty())
    return nullptr;
  const Relation *table = catalog.relation(index.index->table);
  return table ? table->findConstraint(index.index->constraint) : nullptr;
}

void finishLike(Change &change, ObjectId table, const TableDraft &draft) {
  for (ObjectId id : draft.indexes_like) {
    const Relation &source = *change.catalog().relation(id);
    IndexSpec spec = specOf(source);
    spec.origin = change.origin();
    const Constraint *constraint = constraintOf(change.catalog(), source);
    std::optional<Constraint> pattern;
    if (constraint)
      pattern = *constraint;
    const ObjectId index = buildIndex(change, table, std::move(spec));
    if (!pattern)
      continue;
    pattern->is_local = true;
    pattern->inherited = 0;
    pattern->origin = change.origin();
    addKeyConstraint(change, index, *pattern, false);
  }
}

/// Row triggers of a partitioned table exist on every partition, too.
static void cloneTriggers(Change &change, ObjectId parent, ObjectId partition) {
  const SharedVector<Trigger> triggers = change.catalog().relation(parent)->triggers;
  for (Trigger trigger : triggers) {
    if (!trigger.definition.for_each_row)
      continue;
    trigger.parent = parent;
    trigger.origin = change.origin();
    ObjectEdit<Relation> child = change.edit(partition);
    if (!child->findTrigger(trigger.name))
      child->triggers.push_back(std::move(trigger));
  }
  for (ObjectId below : SharedVector<ObjectId>(change.catalog().relation(partition)->children))
    cloneTriggers(change, partition, below);
}

void clonePartitionParts(Change &change, ObjectId parent_id, ObjectId partition_id) {
  const Relation &parent = *change.catalog().relation(parent_id);
  for (ObjectId id : SharedVector<ObjectId>(parent.indexes)) {
    const Relation *index = change.catalog().relation(id);
    const Relation &partition = *change.catalog().relation(partition_id);
    if (!index || !index->index || partition.kind == RelationKind::foreign_table)
      continue;
    const Relation *match = findMatching(change.catalog(), partition, *index);
    ObjectId child = match ? match->id : ObjectId::none;
    if (!match) {
      IndexSpec spec = specOf(*index);
      spec.origin = change.origin();
      child = buildIndex(change, partition_id, std::move(spec));
    }
    attachIndex(change, id, child);
    if (const Constraint *constraint =
            constraintOf(change.catalog(), *change.catalog().relation(id))) {
      Constraint pattern = *constraint;
      pattern.origin = change.origin();
      addKeyConstraint(change, child, pattern, true);
    }
  }
  for (const Constraint &constraint : SharedVector<Constraint>(parent.constraints))
    if (constraint.kind == ConstraintKind::foreign_key)
      cloneForeignKey(change, partition_id, constraint);
  cloneTriggers(change, parent_id, partition_id);
}

} // namespace lockstep::catalog
