#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "history/statement_index.hpp"

namespace lockstep::rules {

/// True for a generated column that the same transaction makes again under its name and type: code
/// that reads it goes on.
static bool isMadeAgain(const Relation &table, const Column &column, const Step &step) {
  if (column.generated == Generated::none)
    return false;
  const StatementStep *made =
      step.at.change_set->index().columnAppearanceAfter(step.at, table.id, column.name);
  const Relation *after =
      made && sharesTransaction(step.at, *made) ? catalogAfter(*made).relation(table.id) : nullptr;
  // DROP COLUMN and ADD COLUMN of one statement leave the name where it was.
  if (!after && catalogAfter(step.at).relation(table.id))
    after = catalogAfter(step.at).relation(table.id);
  const Column *again = after ? after->findColumn(column.name) : nullptr;
  return again && again->generated != Generated::none && again->type == column.type;
}

static void check(const DropColumn &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (op.if_exists && table && !table->partial && !column)
    return;
  if (column && (step.at.isNew(column->origin) || isMadeAgain(*table, *column, step)))
    return;
  FindingBuilder finding = report.add(
      op.where, "dropping '{}.{}' breaks code that still reads or writes it; {}",
      shown(op.target.relation), op.column, lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, op.target.relation, op.column))
      .help("stop using '{}' in code, deploy, and drop it in a later release", op.column);
  if (column)
    finding.label(column->origin, format("'{}' was defined here", op.column));
}

static constexpr std::string_view aliases[] = {"squawk:ban-drop-column", "pgls:banDropColumn",
                                               "atlas:DS103", "atlas:destructive",
                                               "strong_migrations:remove_column"};

extern constexpr Rule drop_column{
    .id = "drop-column",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
