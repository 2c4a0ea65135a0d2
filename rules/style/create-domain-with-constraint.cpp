#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateDomain &op, const Step &, Report &report) {
  if (!op.constraints.empty())
    report
        .add(op.where,
             "a column of domain '{}' that is added later rewrites its table, since the "
             "domain has constraints",
             shown(op.domain))
        .help("the base type, and CHECKs of the tables");
}

static constexpr std::string_view aliases[] = {"squawk:ban-create-domain-with-constraint"};

extern constexpr Rule create_domain_with_constraint{
    .id = "create-domain-with-constraint",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
