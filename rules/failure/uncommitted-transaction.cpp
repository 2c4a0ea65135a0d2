#include "engine/report.hpp"

namespace lockstep::rules {

/// True for the BEGIN that takes over the transaction of the message it stands in.
static bool opens(const StatementStep &step, const TransactionControl &begin) {
  return step.transaction && step.transaction->begin == begin.where;
}

/// Walks the statements of each migration and reports the BEGIN that nothing ends. A psql script
/// and the files that it includes are one session.
static void check(const ChangeSet &change_set, Report &report) {
  const StatementStep *open = nullptr;
  auto close = [&] {
    if (open)
      report
          .addAt(*open, open->statement->range,
                 "this BEGIN has no COMMIT: all that follows in the file is rolled back when the "
                 "session ends")
          .help("add COMMIT at the end of the file");
    open = nullptr;
  };
  const Migration *migration = nullptr;
  const Unit *wrapped = nullptr; // The last unit that the runner opened a transaction around.
  for (const StatementStep &step : change_set.statements) {
    if (step.migration != migration)
      close();
    migration = step.migration;
    if (step.transaction && step.transaction->owner == TransactionOwner::runner)
      wrapped = step.unit;
    for (const Op &op : step.statement->ops) {
      const auto *control = std::get_if<TransactionControl>(&op);
      if (!control)
        continue;
      switch (control->action) {
      case TransactionAction::begin:
        // A runner's own transaction commits this one's work, too, and so does its COMMIT where the
        // file ended that transaction and began another; the end of a message does not.
        if (step.unit != wrapped &&
            (step.in_transaction != Certainty::yes || opens(step, *control)) && !open)
          open = &step;
        break;
      case TransactionAction::commit:
      case TransactionAction::rollback:
      case TransactionAction::prepare:
        if (!control->chain)
          open = nullptr;
        break;
      case TransactionAction::savepoint:
      case TransactionAction::release:
      case TransactionAction::rollback_to:
      case TransactionAction::commit_prepared:
      case TransactionAction::rollback_prepared:
        break;
      }
    }
  }
  close();
}

static constexpr std::string_view aliases[] = {"squawk:ban-uncommitted-transaction"};

extern constexpr Rule uncommitted_transaction{
    .id = "uncommitted-transaction",
    .category = Category::failure,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {onChangeSets<&check, TransactionControl>},
};

} // namespace lockstep::rules
