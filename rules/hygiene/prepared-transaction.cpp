#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const TransactionControl &op, const Step &, Report &report) {
  if (op.action == TransactionAction::prepare)
    report
        .add(op.where,
             "PREPARE TRANSACTION keeps every lock of '{}' until somebody commits it, even "
             "over a restart, and holds back vacuum",
             op.name)
        .help("COMMIT in the migration");
}

extern constexpr Rule prepared_transaction{
    .id = "prepared-transaction",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
