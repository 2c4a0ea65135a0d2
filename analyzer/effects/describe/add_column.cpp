#include "effects/describe/describe.hpp"
#include "effects/facts/new_column.hpp"
#include "effects/steps/constraint.hpp"
#include "effects/steps/foreign_key.hpp"

namespace lockstep::effects {

/// What a column's own constraints cost on top of the column. `rewritten`: all rows are read
/// anyway.
static void describeConstraints(const ColumnDef &column, const NewColumn &facts,
                                const std::vector<Place> &places, bool only, Collector &out) {
  const bool rewritten = facts.rewrite.has_value();
  const auto scanAll = [&](ScanReason reason, std::string_view constraint) {
    if (!rewritten)
      scanRows(places, reason, constraint, out);
  };
  bool not_null = column.not_null;
  for (const ConstraintDef &constraint : column.constraints) {
    switch (constraint.kind) {
    case ConstraintKind::check:
      if (constraint.enforced && !constraint.not_valid)
        scanAll(ScanReason::check, constraint.name);
      break;
    case ConstraintKind::not_null:
      not_null = true;
      break;
    case ConstraintKind::primary_key:
      not_null = true;
      [[fallthrough]];
    case ConstraintKind::unique:
    case ConstraintKind::exclusion:
      addIndexConstraint(constraint, places.front(), only, out);
      break;
    case ConstraintKind::foreign_key:
      // Existing rows are checked only if the column has a default, also DEFAULT NULL
      // (transformAlterTableStmt's skipValidation, parse_utilcmd.c).
      addForeignKey(
          {.constraint = constraint,
           .places = places,
           .validates = column.default_value || column.generation || isSerial(column.type),
           .all_null = !facts.has_value},
          out);
      break;
    }
  }
  // A column without a value for old rows is checked row by row, which fails unless there are none
  // (verify_new_notnull, ATExecAddColumn, tablecmds.c).
  if (not_null && !facts.has_value)
    scanAll(ScanReason::not_null, {});
}

void describe(const AddColumn &op, const Alteration &, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const bool exists =
      op.if_not_exists && table->relation && table->relation->findColumn(op.column.name);
  const std::vector<Place> places = out.withDescendants(*table, !op.target.only && !exists);
  out.lockTree(places, LockMode::access_exclusive);
  if (exists)
    return;
  const NewColumn facts = newColumn(op.column, out.catalog(), out.postgres());
  for (const std::string &assumption : facts.assumptions)
    out.assume(assumption);
  if (facts.rewrite) {
    for (const Place &place : places)
      if (place.hasRows())
        out.rewriteTable(place, *facts.rewrite);
    for (const Relation *sequence : facts.sequences)
      out.lock(*sequence, LockMode::row_exclusive, LockReason::dependent);
  }
  describeConstraints(op.column, facts, places, op.target.only, out);
}

} // namespace lockstep::effects
