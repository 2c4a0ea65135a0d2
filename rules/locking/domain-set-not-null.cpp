#include "rules/locking/domain_scan.hpp"

namespace lockstep::rules {

static void check(const AlterDomain &op, const Step &step, Report &report) {
  bool adds = op.action == DomainAction::add_constraint && op.constraint &&
              op.constraint->kind == ConstraintKind::not_null;
  if (adds || op.action == DomainAction::set_not_null)
    reportDomainScan(op, step, report, format("setting domain '{}' NOT NULL", shown(op.domain)),
                     "a domain has no NOT VALID for it: set the columns NOT NULL one by one, each "
                     "proved by a validated CHECK");
}

extern constexpr Rule domain_set_not_null{
    .id = "domain-set-not-null",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
