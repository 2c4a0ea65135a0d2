#include "base/pg/feature.hpp"
#include "effects/describe/describe.hpp"
#include "effects/steps/constraint.hpp"
#include "effects/steps/dropped.hpp"

namespace lockstep::effects {

static const Column *columnOf(const Place &place, std::string_view column) {
  return place.relation ? place.relation->findColumn(column) : nullptr;
}

/// The subcommand's table and, unless ONLY or `descend` is false, its descendants, all locked.
static std::vector<Place> lockTarget(const AlterTarget &target, Collector &out,
                                     bool descend = true) {
  const std::optional<Place> table = out.find(target);
  if (!table)
    return {};
  std::vector<Place> places = out.withDescendants(*table, descend && !target.only);
  out.lockTree(places, LockMode::access_exclusive);
  return places;
}

void describe(const DropColumn &op, const Alteration &, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const bool is_missing =
      op.if_exists && table->relation &&
      out.catalog().knowledgeOf(*table->relation, op.column) == Knowledge::absent;
  // With ONLY the children keep the column as their own, which locks them, too.
  const std::vector<Place> places = out.withDescendants(*table, !is_missing);
  out.lockTree(places, LockMode::access_exclusive);
  if (is_missing)
    return;
  std::vector<Address> columns;
  for (const Place &place : places)
    if (place.relation && (!op.target.only || &place == &places.front()))
      columns.push_back({place.relation->id, PartKind::column, op.column});
  lockDropped(std::move(columns), out);
}

void describe(const SetDefault &op, const Alteration &, Collector &out) {
  lockTarget(op.target, out);
}

void describe(const SetNotNull &op, const Alteration &alter, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const Column *column = columnOf(*table, op.column);
  const bool is_set = column && column->not_null && column->not_null_valid;
  // Nothing is left to do below a table that has it, but for inheritance children up to 17
  // (ATPrepSetNotNull, tablecmds.c).
  const bool is_partitioned =
      table->relation && table->relation->kind == RelationKind::partitioned_table;
  const bool descends =
      !is_set || (!supports(out.postgres(), Feature::not_null_constraints) && !is_partitioned);
  const std::vector<Place> places = out.withDescendants(*table, !op.target.only && descends);
  out.lockTree(places, LockMode::access_exclusive);
  setNotNull(std::vector<std::string>{op.column}, places, alter, out);
}

void describe(const DropNotNull &op, const Alteration &, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const Column *column = columnOf(*table, op.column);
  const bool is_noop =
      supports(out.postgres(), Feature::not_null_constraints) && column && !column->not_null;
  lockTarget(op.target, out, !is_noop);
}

void describe(const SetGenerationExpression &op, const Alteration &, Collector &out) {
  for (const Place &place : lockTarget(op.target, out)) {
    if (!place.hasRows())
      continue;
    const Column *column = columnOf(place, op.column);
    if (!column || column->generated != Generated::virtual_)
      out.rewriteTable(place, RewriteReason::stored_generated);
    else if (column->not_null)
      out.scan(place, ScanReason::not_null);
  }
}

void describe(const DropGenerationExpression &op, const Alteration &, Collector &out) {
  lockTarget(op.target, out);
}

/// Identity columns are those of partitions, too, from 17 on; never of inheritance children.
static std::vector<Place> lockIdentity(const AlterTarget &target, Collector &out) {
  const std::optional<Place> table = out.find(target);
  if (!table)
    return {};
  const bool is_partitioned =
      table->relation && table->relation->kind == RelationKind::partitioned_table;
  return lockTarget(target, out,
                    is_partitioned && supports(out.postgres(), Feature::partition_identity));
}

static void lockSequenceOf(const std::vector<Place> &places, std::string_view column, LockMode mode,
                           Collector &out) {
  if (places.empty())
    return;
  if (const Column *found = columnOf(places.front(), column))
    out.lock(found->sequence, mode, LockReason::dependent);
}

void describe(const AddIdentity &op, const Alteration &, Collector &out) {
  lockIdentity(op.target, out);
}

void describe(const SetIdentity &op, const Alteration &, Collector &out) {
  lockSequenceOf(lockIdentity(op.target, out), op.column, LockMode::share_row_exclusive, out);
}

void describe(const DropIdentity &op, const Alteration &, Collector &out) {
  lockSequenceOf(lockIdentity(op.target, out), op.column, LockMode::access_exclusive, out);
}

} // namespace lockstep::effects
