#include "rules/locking/domain_scan.hpp"

namespace lockstep::rules {

static void check(const AlterDomain &op, const Step &step, Report &report) {
  if (op.action == DomainAction::add_constraint && op.constraint &&
      op.constraint->kind == ConstraintKind::check && !op.constraint->not_valid)
    reportDomainScan(op, step, report, format("adding this CHECK to domain '{}'", shown(op.domain)),
                     "add it NOT VALID, then ALTER DOMAIN … VALIDATE CONSTRAINT in a later "
                     "transaction");
}

static constexpr std::string_view aliases[] = {"squawk:ban-alter-domain-with-add-constraint"};

extern constexpr Rule domain_add_constraint{
    .id = "domain-add-constraint",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
