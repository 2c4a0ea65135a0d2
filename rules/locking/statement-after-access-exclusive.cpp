#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

static bool takesLong(const Step &step) {
  const Effects &effects = step.effects;
  if (!effects.rewrites.empty() || !effects.scans.empty() || !effects.index_builds.empty())
    return true;
  if (const auto *insert = std::get_if<Insert>(&step.op))
    return rowBoundOf(*insert, step.before()) == RowBound::unbounded;
  if (const auto *update = std::get_if<Update>(&step.op))
    return rowBoundOf(*update, step.before()) == RowBound::unbounded;
  if (const auto *deletion = std::get_if<Delete>(&step.op))
    return rowBoundOf(*deletion, step.before()) == RowBound::unbounded;
  return false;
}

static void check(const Step &step, Report &report) {
  if (step.at.in_transaction != Certainty::yes || !takesLong(step))
    return;
  const HeldLock *held =
      step.at.transaction->firstHeldBefore(step.at.number, LockMode::access_exclusive);
  if (!held)
    return;
  report
      .add(whereOf(step.op),
           "this takes time that grows with the data while the transaction holds "
           "ACCESS EXCLUSIVE on '{}', which blocks reads and writes of it",
           shown(held->relation))
      .object(held->relation.name)
      .help("put it in a migration of its own, or before the statement that locks '{}'",
            shown(held->relation));
}

static constexpr std::string_view aliases[] = {"eugene:E4",
                                               "pgls:runningStatementWhileHoldingAccessExclusive"};

extern constexpr Rule statement_after_access_exclusive{
    .id = "statement-after-access-exclusive",
    .category = Category::locking,
    .severity = Severity::error,
    .aliases = aliases,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
