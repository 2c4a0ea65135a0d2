#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterDomain &op, const Step &step, Report &report) {
  bool adds = op.action == DomainAction::add_constraint && op.constraint &&
              op.constraint->kind == ConstraintKind::not_null;
  if (!adds && op.action != DomainAction::set_not_null)
    return;
  const Type *domain = step.before().findType(op.domain);
  std::vector<std::string> tables;
  for (const Scan &scan : step.effects.scans)
    tables.push_back(shown(scan.relation));
  if (tables.empty() && domain && !domain->partial)
    return;
  FindingBuilder finding =
      report.add(op.where, "setting domain '{}' NOT NULL reads all of {}; {}", shown(op.domain),
                 tables.empty() ? std::string("every table with a column of it") : listed(tables),
                 lockPhrase(step.at, LockMode::share));
  for (const Scan &scan : step.effects.scans)
    finding.object(scan.relation.name);
  if (tables.empty())
    finding.severity(Severity::warning);
  finding.help("a domain has no NOT VALID for it: set the columns NOT NULL one by one, each proved "
               "by a validated CHECK");
}

extern constexpr Rule domain_set_not_null{
    .id = "domain-set-not-null",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
