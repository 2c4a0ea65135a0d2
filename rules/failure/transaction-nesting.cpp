#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const TransactionControl &op, const Step &step, Report &report) {
  bool begins = op.action == TransactionAction::begin;
  bool ends = op.action == TransactionAction::commit || op.action == TransactionAction::rollback;
  TransactionOwner owner =
      step.at.transaction ? step.at.transaction->owner : TransactionOwner::statement;
  bool open = step.at.in_transaction == Certainty::yes;
  bool opens = step.at.transaction && step.at.transaction->begin == op.where;
  if (begins && open && !opens && owner != TransactionOwner::message) {
    report
        .add(op.where, "BEGIN inside a transaction does nothing but warn: {} already opened one",
             owner == TransactionOwner::file ? std::string("this file")
                                             : step.at.history->framework)
        .help("remove BEGIN and its COMMIT");
    return;
  }
  if (ends && open && owner == TransactionOwner::runner) {
    report
        .add(op.where,
             "this ends the transaction that {} opened around the file: what follows runs "
             "{}, and a failure leaves the migration half done",
             step.at.history->framework, op.chain ? "in another one" : "without one")
        .help("remove it, or {}", noTransactionAdvice(step.at));
    return;
  }
  if (ends && open && owner == TransactionOwner::message) {
    report
        .add(op.where,
             "there is no BEGIN to this: it ends the transaction of the message that {} sends, and "
             "PostgreSQL warns",
             step.at.history->framework)
        .help("add BEGIN at the start, or put what follows into a migration of its own")
        .severity(Severity::warning);
    return;
  }
  if (ends && step.at.in_transaction == Certainty::no && owner == TransactionOwner::statement)
    report.add(op.where, "there is no transaction to end here: PostgreSQL only warns")
        .help("remove it, or add the missing BEGIN")
        .severity(Severity::warning);
}

static constexpr std::string_view aliases[] = {"squawk:transaction-nesting",
                                               "pgls:transactionNesting"};

extern constexpr Rule transaction_nesting{
    .id = "transaction-nesting",
    .category = Category::failure,
    .severity = Severity::error,
    .aliases = aliases,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
