#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where a table is swapped for another under the lock: the one use that needs it.
static bool isSwapped(const LockTable &op, const Step &step) {
  const StatementStep *next = step.at.change_set->next(step.at);
  for (; next && next->transaction == step.at.transaction; next = step.at.change_set->next(*next))
    for (const Op &other : next->statement->ops)
      if (const auto *rename = std::get_if<RenameObject>(&other))
        if (std::find(op.tables.begin(), op.tables.end(), rename->name) != op.tables.end())
          return true;
  return false;
}

static void check(const LockTable &op, const Step &step, Report &report) {
  if (op.mode < LockMode::share || op.nowait)
    return;
  if (timeoutAt(step.before(), "lock_timeout").limits() && isSwapped(op, step))
    return;
  std::vector<std::string> names;
  for (const QualifiedName &table : op.tables)
    if (!step.at.isNew(table))
      names.push_back(shown(table));
  FindingBuilder finding =
      report.add(op.where, "this locks {}; {}", listed(names), lockPhrase(step.at, op.mode));
  for (const QualifiedName &table : op.tables)
    finding.object(fullName(step, table));
  finding.help("let each statement take the lock that it needs; where a lock must come first, use "
               "NOWAIT and try again");
}

extern constexpr Rule explicit_lock_table{
    .id = "explicit-lock-table",
    .category = Category::locking,
    .severity = Severity::warning,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
