#include "catalog/change/partition.hpp"

#include "base/pg/feature.hpp"
#include "base/text.hpp"
#include "catalog/apply/apply_op.hpp"
#include "catalog/change/build_index.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/inherit.hpp"
#include "catalog/change/not_null.hpp"
#include "catalog/change/target.hpp"

#include <algorithm>

namespace lockstep::catalog {

static bool attachIndexOp(Change &change, const AttachPartition &op, ObjectId parent) {
  const Target child = findTarget(change, op.partition, RelationKind::index, false);
  if (child.refused)
    return false;
  const Relation &index = *change.catalog().relation(child.id);
  const Relation &above = *change.catalog().relation(parent);
  if (!index.index || !above.index)
    return true;
  if (index.index->parent == parent)
    return true;
  if (index.index->parent != ObjectId::none && change.catalog().isCertain(index))
    return change.refuse(
        "55000",
        format("cannot attach index \"{}\" as a partition of index \"{}\"", index.name, above.name),
        op.where, index.qualifiedName());
  // Indexes that the server would refuse, as their tables do not stand so, may make a circle.
  for (const Relation *each = &above; each && each->index;
       each = change.catalog().relation(each->index->parent))
    if (each == &index)
      return true;
  attachIndex(change, parent, child.id);
  return true;
}

/// ATTACH PARTITION merges as inheriting does (MergeAttributesIntoExisting, tablecmds.c).
static bool mergeInto(Change &change, const Relation &parent, ObjectId child_id, Range where) {
  const bool certain = change.catalog().isCertain(parent);
  ObjectEdit<Relation> child = change.edit(child_id);
  for (const Column &column : parent.columns) {
    Column *own = findColumn(*child, column.name);
    if (!own && change.catalog().isCertain(*child) && certain)
      return change.refuse("42804", format("child table is missing column \"{}\"", column.name),
                           where, child->qualifiedName());
    if (!own)
      own = &ensureColumn(*child, column.name);
    if (certain && change.catalog().isCertain(*child) && !own->type.empty() &&
        !column.type.empty() && !(own->type == column.type))
      return change.refuse("42804",
                           format("child table \"{}\" has different type for column \"{}\"",
                                  child->name, column.name),
                           where, child->qualifiedName());
    if (certain && change.catalog().isCertain(*child) && hasInheritableNotNull(parent, column) &&
        !hasInheritableNotNull(*child, *own))
      return change.refuse(
          "42804",
          supports(change.postgres(), Feature::not_null_constraints)
              ? format("column \"{}\" in child table \"{}\" must be marked NOT "
                       "NULL",
                       column.name, child->name)
              : format("column \"{}\" in child table must be marked NOT NULL", column.name),
          where, child->qualifiedName());
    ++own->inherited;
    if (child->is_partition)
      own->is_local = false;
  }
  for (const Constraint &constraint : parent.constraints) {
    if (constraint.kind != ConstraintKind::check && constraint.kind != ConstraintKind::not_null)
      continue;
    if (constraint.no_inherit)
      continue;
    Constraint *own = child->constraints.editFirst([&](const Constraint &candidate) {
      return constraint.kind == ConstraintKind::not_null
                 ? candidate.kind == constraint.kind && candidate.columns == constraint.columns
                 : candidate.name == constraint.name;
    });
    if (!own && constraint.kind == ConstraintKind::check && certain &&
        change.catalog().isCertain(*child))
      return change.refuse("42804",
                           format("child table is missing constraint \"{}\"", constraint.name),
                           where, child->qualifiedName());
    if (!own)
      continue;
    ++own->inherited;
    if (child->is_partition)
      own->is_local = false;
  }
  return true;
}

/// Refuses a table below itself (ATExecAddInherit, ATExecAttachPartition, tablecmds.c).
static bool requireNoCircle(Change &change, const Relation &parent, const Relation &child,
                            Range where) {
  const std::vector<const Relation *> below = change.catalog().withDescendants(child);
  return std::find(below.begin(), below.end(), &parent) == below.end() ||
         change.refuse("42P07", "circular inheritance not allowed", where, parent.qualifiedName());
}

bool applyOp(Change &change, const AttachPartition &op) {
  const bool of_index = op.target.kind == ObjectKind::index;
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  if (of_index || change.catalog().relation(target.id)->isIndex())
    return attachIndexOp(change, op, target.id);
  if (!requirePartitioned(change, target.id, op.target.relation))
    return false;
  const Target partition = findTarget(change, op.partition, RelationKind::table, false);
  if (partition.refused)
    return false;
  const Relation &child = *change.catalog().relation(partition.id);
  const Relation &parent = *change.catalog().relation(target.id);
  if (child.is_partition && change.catalog().isCertain(child))
    return change.refuse("42809", format("\"{}\" is already a partition", child.name),
                         op.partition.where, child.qualifiedName());
  if (!requireNoCircle(change, parent, child, op.partition.where) ||
      !requireFreeBound(change, target.id, op.bound, child.name, op.where))
    return false;
  if (isTooDeep(change.catalog(), parent, child)) {
    change.edit(partition.id)->partial = true;
    return true;
  }
  {
    ObjectEdit<Relation> edited = change.edit(partition.id);
    edited->is_partition = true;
    edited->bound = op.bound;
    edited->parents.assign(1, target.id);
  }
  if (!mergeInto(change, parent, partition.id, op.where))
    return false;
  noteDefaultPartition(change, target.id, partition.id);
  change.edit(target.id)->children.push_back(partition.id);
  clonePartitionParts(change, target.id, partition.id);
  return true;
}

/// What the parent gave is the child's own once no other parent gives it (RemoveInheritance,
/// tablecmds.c).
static void makeLocal(Relation &child, const Relation &parent) {
  const auto loseParent = [](auto &part) {
    part.is_local = --part.inherited == 0 || part.is_local;
  };
  const auto ofParent = [&](const Constraint &constraint) {
    if (constraint.kind == ConstraintKind::not_null)
      return constraint.columns.size() == 1 && findNotNull(parent, constraint.columns.front());
    return constraint.kind != ConstraintKind::check || parent.findConstraint(constraint.name);
  };
  child.columns.editIf(
      [&](const Column &column) { return column.inherited > 0 && parent.findColumn(column.name); },
      loseParent);
  child.constraints.editIf(
      [&](const Constraint &constraint) {
        return constraint.inherited > 0 && ofParent(constraint);
      },
      loseParent);
}

/// Ends what binds a child to a parent: columns, constraints and indexes become its own.
static void separate(Change &change, ObjectId parent_id, ObjectId child_id) {
  const Relation &parent = *change.catalog().relation(parent_id);
  for (ObjectId id : change.catalog().relation(child_id)->indexes) {
    const Relation *index = change.catalog().relation(id);
    if (!index || !index->index || index->index->parent == ObjectId::none)
      continue;
    change.edit(index->index->parent)->children.eraseIf([&](ObjectId each) { return each == id; });
    IndexInfo info = *index->index;
    info.parent = ObjectId::none;
    change.edit(id)->index = std::make_shared<const IndexInfo>(std::move(info));
  }
  {
    ObjectEdit<Relation> child = change.edit(child_id);
    std::erase(child->parents, parent_id);
    child->triggers.eraseIf([&](const Trigger &trigger) { return trigger.parent == parent_id; });
    child->is_partition = false;
    child->bound = {};
    makeLocal(*child, parent);
  }
  change.edit(parent_id)->children.eraseIf([&](ObjectId each) { return each == child_id; });
}

/// DETACH CONCURRENTLY leaves the partition a CHECK of what its bound was
/// (DetachAddConstraintIfNeeded, tablecmds.c). Only that of a range over one column is told here.
static bool addBoundCheck(Change &change, ObjectId partition, const PartitionBy &key,
                          const PartitionBound &bound, Range where) {
  if (bound.strategy != PartitionStrategy::range || key.keys.size() != 1 ||
      key.keys.front().column.empty() || bound.lower.size() != 1 || bound.upper.size() != 1)
    return true;
  const std::string column = quoteIdentifier(key.keys.front().column);
  const auto isInfinite = [](const SqlExpression &value) {
    return equalsIgnoringCase(value.text, "minvalue") || equalsIgnoringCase(value.text, "maxvalue");
  };
  SqlExpression expression;
  Expression &root = expression.root;
  root.kind = ExpressionKind::conjunction;
  Expression of;
  of.kind = ExpressionKind::column;
  of.name = key.keys.front().column;
  Expression &given = root.arguments.emplace_back();
  given.kind = ExpressionKind::is_not_null;
  given.arguments = {of};
  expression.text = "(" + column + " IS NOT NULL)";
  const auto add = [&](std::string_view comparison, const SqlExpression &value) {
    if (isInfinite(value))
      return;
    expression.text += format(" AND ({} {} {})", column, comparison, value.text);
    Expression &part = root.arguments.emplace_back();
    part.kind = ExpressionKind::operation;
    part.name = comparison;
    part.arguments = {of, value.root};
  };
  add(">=", bound.lower.front());
  add("<", bound.upper.front());
  ConstraintDef check;
  check.kind = ConstraintKind::check;
  check.where = where;
  check.expression = std::make_shared<const SqlExpression>(std::move(expression));
  return addConstraint(change, partition, check, {});
}

bool applyOp(Change &change, const DetachPartition &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  if (!requirePartitioned(change, target.id, op.target.relation))
    return false;
  const Target partition = findTarget(change, op.partition, RelationKind::table, false);
  if (partition.refused)
    return false;
  const Relation &child = *change.catalog().relation(partition.id);
  const Relation &parent = *change.catalog().relation(target.id);
  const bool attached =
      std::find(child.parents.begin(), child.parents.end(), target.id) != child.parents.end();
  if (!attached && change.catalog().isCertain(child) && change.catalog().isCertain(parent))
    return change.refuse(
        "42P01",
        format("relation \"{}\" is not a partition of relation \"{}\"", child.name, parent.name),
        op.partition.where, child.qualifiedName());
  if (op.concurrently && change.catalog().isCertain(parent) &&
      change.catalog().defaultPartition(parent))
    return change.refuse("55000",
                         "cannot detach partitions concurrently when a default partition exists",
                         op.where, parent.qualifiedName());
  if (attached) {
    const PartitionBound bound = child.bound;
    const PartitionBy key = parent.partition_by;
    separate(change, target.id, partition.id);
    if (op.concurrently)
      return addBoundCheck(change, partition.id, key, bound, op.where);
  } else {
    change.edit(partition.id)->is_partition = false;
  }
  return true;
}

bool applyOp(Change &change, const SetInheritance &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Target parent = findTarget(change, op.parent, RelationKind::table, false);
  if (parent.refused)
    return false;
  const Relation &child = *change.catalog().relation(target.id);
  const Relation &above = *change.catalog().relation(parent.id);
  const bool attached =
      std::find(child.parents.begin(), child.parents.end(), parent.id) != child.parents.end();
  const bool certain = change.catalog().isCertain(child) && change.catalog().isCertain(above);
  if (!op.inherit) {
    if (attached)
      separate(change, parent.id, target.id);
    else if (certain)
      return change.refuse(
          "42P01",
          format("relation \"{}\" is not a parent of relation \"{}\"", above.name, child.name),
          op.parent.where, above.qualifiedName());
    return true;
  }
  if (attached && certain)
    return change.refuse(
        "42P07", format("relation \"{}\" would be inherited from more than once", above.name),
        op.parent.where, above.qualifiedName());
  if (!requireNoCircle(change, above, child, op.parent.where))
    return false;
  if (isTooDeep(change.catalog(), above, child)) {
    change.edit(target.id)->partial = true;
    return true;
  }
  if (!mergeInto(change, above, target.id, op.where))
    return false;
  change.edit(target.id)->parents.push_back(parent.id);
  change.edit(parent.id)->children.push_back(target.id);
  return true;
}

} // namespace lockstep::catalog
