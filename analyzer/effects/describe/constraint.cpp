#include "effects/steps/constraint.hpp"

#include "base/pg/feature.hpp"
#include "base/text.hpp"
#include "effects/describe/describe.hpp"
#include "effects/facts/lock_level.hpp"
#include "effects/facts/new_column.hpp"
#include "effects/steps/foreign_key.hpp"

#include <algorithm>

namespace lockstep::effects {

static bool isPartitioned(const Place &place) {
  return place.relation && place.relation->kind == RelationKind::partitioned_table;
}

/// The columns of a primary key that its table allows to be null, and their descendants.
static void describePrimaryKey(const AddConstraint &op, const Place &table, const Alteration &alter,
                               Collector &out) {
  std::vector<std::string> columns = op.constraint.columns;
  if (!op.constraint.using_index.empty())
    if (const Relation *index =
            out.catalog().findRelation({table.schema(), op.constraint.using_index, {}});
        index && index->index)
      for (const IndexElement &element : index->index->elements)
        columns.push_back(element.column);
  // The implied SET NOT NULL descends; on a partitioned table only where it changes something
  // (ATPrepSetNotNull, tablecmds.c, up to 17).
  const bool changes = std::any_of(columns.begin(), columns.end(), [&](const std::string &column) {
    return !isNotNull(table, column);
  });
  const std::vector<Place> places =
      out.withDescendants(table, !op.target.only && (changes || !isPartitioned(table)));
  out.lockTree(places, LockMode::access_exclusive);
  setNotNull(columns, places, alter, out);
}

/// True where `place` has the CHECK already, by name, and it is valid: it is merged, not checked.
/// One that the same ALTER TABLE drops makes place for another first.
static bool hasCheck(const Place &place, const ConstraintDef &constraint, const Alteration &alter) {
  const Constraint *found =
      place.relation && !constraint.name.empty() && !alter.dropsConstraint(constraint.name)
          ? place.relation->findConstraint(constraint.name)
          : nullptr;
  return found && found->kind == ConstraintKind::check && found->valid;
}

static bool allNull(const ConstraintDef &key, const Alteration &alter, const Collector &out) {
  return std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string &name) {
    const AddColumn *added = alter.addedColumn(name);
    return added && !newColumn(added->column, out.catalog(), out.postgres()).has_value;
  });
}

void describe(const AddConstraint &op, const Alteration &alter, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const ConstraintDef &constraint = op.constraint;
  const bool is_key = constraint.kind == ConstraintKind::foreign_key;
  const bool is_check =
      constraint.kind == ConstraintKind::check || constraint.kind == ConstraintKind::not_null;
  // From 18 on every ADD CONSTRAINT locks all descendants (ATPrepCmd, tablecmds.c).
  const bool descends = !op.target.only &&
                        (supports(out.postgres(), Feature::add_constraint_locks_descendants) ||
                         (is_check && !constraint.no_inherit) || (is_key && isPartitioned(*table)));
  const std::vector<Place> places = out.withDescendants(*table, descends);
  out.lockTree(places, lockLevel(Op(op)));
  const std::vector<Place> affected = constraint.no_inherit ? std::vector<Place>{*table} : places;
  const bool checks = constraint.enforced && !constraint.not_valid;
  switch (constraint.kind) {
  case ConstraintKind::check:
    for (const Place &place : affected)
      if (checks && place.hasRows() && !hasCheck(place, constraint, alter))
        out.scan(place, ScanReason::check, constraint.name);
    return;
  case ConstraintKind::not_null:
    if (checks)
      setNotNull(constraint.columns, affected, alter, out);
    return;
  case ConstraintKind::foreign_key:
    addForeignKey({.constraint = constraint,
                   .places = places,
                   .validates = true,
                   .all_null = allNull(constraint, alter, out)},
                  out);
    return;
  case ConstraintKind::primary_key:
    describePrimaryKey(op, *table, alter, out);
    [[fallthrough]];
  case ConstraintKind::unique:
  case ConstraintKind::exclusion:
    addIndexConstraint(constraint, *table, op.target.only, out);
    return;
  }
}

/// VALIDATE of a foreign key: the referenced table is only kept from losing rows.
static void validateKey(const Constraint &constraint, const std::vector<Place> &places,
                        Collector &out) {
  const std::optional<Place> referenced = referencedBy(constraint, out);
  if (!referenced)
    return;
  if (!(referenced->target == places.front().target))
    out.lock(*referenced, LockMode::row_share, LockReason::referenced);
  validateForeignKey(places, *referenced, false, constraint.name, out);
}

void describe(const ValidateConstraint &op, const Alteration &alter, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const LockMode mode = LockMode::share_update_exclusive;
  const ConstraintDef *added = alter.addedConstraint(op.constraint);
  const Constraint *constraint =
      table->relation ? table->relation->findConstraint(op.constraint) : nullptr;
  if (added || (constraint && constraint->valid)) {
    // Added in the same statement: validated by ADD's own rules, which NOT VALID turns off.
    const std::vector<Place> places = out.withDescendants(*table, added && !op.target.only);
    out.lockTree(places, mode);
    if (!added)
      return;
    if (added->kind != ConstraintKind::foreign_key)
      return scanRows(places, ScanReason::check, op.constraint, out);
    if (const std::optional<Place> referenced = out.find(added->referenced))
      validateForeignKey({*table}, *referenced, allNull(*added, alter, out), op.constraint, out);
    return;
  }
  if (!constraint) {
    out.lock(*table, mode);
    if (!table->isUncertain())
      return;
    out.assume(format("constraint {} is not in this history: taken as a CHECK", op.constraint));
    return out.scan(*table, ScanReason::check, op.constraint);
  }
  const bool is_key = constraint->kind == ConstraintKind::foreign_key;
  const std::vector<Place> places =
      out.withDescendants(*table, !op.target.only && (!is_key || isPartitioned(*table)));
  out.lockTree(places, mode);
  if (is_key)
    return validateKey(*constraint, places, out);
  for (const Place &place : places) {
    const Constraint *own = place.relation->findConstraint(op.constraint);
    if (place.hasRows() && !(own && own->valid))
      out.scan(place,
               constraint->kind == ConstraintKind::not_null ? ScanReason::not_null
                                                            : ScanReason::check,
               op.constraint);
  }
}

void describe(const AlterConstraint &op, const Alteration &, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const std::vector<Place> places = out.withDescendants(*table, !op.target.only);
  out.lockTree(places, LockMode::access_exclusive);
  const Constraint *constraint =
      table->relation ? table->relation->findConstraint(op.constraint) : nullptr;
  if (!constraint || constraint->kind != ConstraintKind::foreign_key || !op.enforced ||
      *op.enforced == constraint->enforced)
    return;
  // NOT ENFORCED drops the triggers of both tables, ENFORCED makes them and checks all rows
  // (ATExecAlterConstrEnforceability, tablecmds.c, 18).
  if (!*op.enforced)
    return lockReferencedOf(*constraint, LockMode::access_exclusive, out);
  lockReferencedOf(*constraint, LockMode::share_row_exclusive, out);
  if (const std::optional<Place> referenced = referencedBy(*constraint, out))
    validateForeignKey(places, *referenced, false, constraint->name, out);
}

} // namespace lockstep::effects
