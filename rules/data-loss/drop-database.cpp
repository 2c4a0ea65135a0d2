#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &, Report &report) {
  if (op.kind != ObjectKind::database)
    return;
  report.add(op.where, "dropping database '{}' deletes all that is in it", op.name.name)
      .object(quoteIdentifier(op.name.name))
      .help("a migration never drops a database: do it by hand, after a backup");
}

static constexpr std::string_view aliases[] = {"squawk:ban-drop-database", "pgls:banDropDatabase"};

extern constexpr Rule drop_database{
    .id = "drop-database",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
