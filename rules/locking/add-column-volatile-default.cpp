#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

static void check(const AddColumn &op, const Step &step, Report &report) {
  if (!rewriteBelow(step, op.target.relation, RewriteReason::volatile_default))
    return;
  report
      .add(op.column.where, "adding '{}' with a volatile default rewrites '{}'; {}", op.column.name,
           shown(op.target.relation), lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column.name))
      .help("add the column without a default, SET DEFAULT for new rows, then backfill in batches");
}

static constexpr std::string_view aliases[] = {
    "squawk:adding-field-with-default", "pgls:addingFieldWithDefault", "atlas:PG302", "eugene:E10",
    "strong_migrations:add_column_default"};

extern constexpr Rule add_column_volatile_default{
    .id = "add-column-volatile-default",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
