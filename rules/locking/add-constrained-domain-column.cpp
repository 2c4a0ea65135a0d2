#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

static void check(const AddColumn &op, const Step &step, Report &report) {
  if (!rewriteBelow(step, op.target.relation, RewriteReason::constrained_domain))
    return;
  report
      .add(op.column.where, "adding '{}' of a domain with constraints rewrites '{}'; {}",
           op.column.name, shown(op.target.relation),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column.name))
      .help("use the domain's base type and a CHECK constraint added NOT VALID, then validated");
}

extern constexpr Rule add_constrained_domain_column{
    .id = "add-constrained-domain-column",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
