#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterDomain &op, const Step &step, Report &report) {
  if (op.action != DomainAction::add_constraint || !op.constraint ||
      op.constraint->kind != ConstraintKind::check || op.constraint->not_valid)
    return;
  const Type *domain = step.before().findType(op.domain);
  std::vector<std::string> tables;
  for (const Scan &scan : step.effects.scans)
    tables.push_back(shown(scan.relation));
  if (tables.empty() && domain && !domain->partial)
    return;
  FindingBuilder finding =
      report.add(op.where, "adding this CHECK to domain '{}' reads all of {}; {}", shown(op.domain),
                 tables.empty() ? std::string("every table with a column of it") : listed(tables),
                 lockPhrase(step.at, LockMode::share));
  for (const Scan &scan : step.effects.scans)
    finding.object(scan.relation.name);
  if (tables.empty())
    finding.severity(Severity::warning);
  finding.help("add it NOT VALID, then ALTER DOMAIN … VALIDATE CONSTRAINT in a later transaction");
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
