#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

static void check(const AddColumn &op, const Step &step, Report &report) {
  if (!rewriteBelow(step, op.target.relation, RewriteReason::serial))
    return;
  report
      .add(op.column.where, "adding serial column '{}' rewrites '{}'; {}", op.column.name,
           shown(op.target.relation), lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column.name))
      .help("add a plain bigint column, give it a sequence as default for new rows, then backfill "
            "in batches");
}

static constexpr std::string_view aliases[] = {"pgls:addSerialColumn", "eugene:E11",
                                               "strong_migrations:add_column_auto_incrementing"};

extern constexpr Rule add_serial_column{
    .id = "add-serial-column",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
