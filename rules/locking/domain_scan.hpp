#pragma once
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::rules {

/// Reports that a change of a domain reads all tables with a column of it, which `what` begins to
/// say: "setting domain 'd' NOT NULL". Where the tables are not known, as a warning.
inline void reportDomainScan(const AlterDomain &op, const Step &step, Report &report,
                             std::string_view what, std::string_view help) {
  const Type *domain = step.before().findType(op.domain);
  std::vector<std::string> tables;
  for (const Scan &scan : step.effects.scans)
    tables.push_back(shown(scan.relation));
  if (tables.empty() && domain && !domain->partial)
    return;
  FindingBuilder finding =
      report.add(op.where, "{} reads all of {}; {}", what,
                 tables.empty() ? std::string("every table with a column of it") : listed(tables),
                 lockPhrase(step.at, LockMode::share));
  for (const Scan &scan : step.effects.scans)
    finding.object(scan.relation.name);
  if (tables.empty())
    finding.severity(Severity::warning);
  finding.help("{}", help);
}

} // namespace lockstep::rules
