#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AddConstraint &op, const Step &step, Report &report) {
  if (op.constraint.name.empty())
    report
        .add(op.constraint.where,
             "this constraint of '{}' gets a name of the server's choice, which "
             "a later migration must guess",
             shown(op.target.relation))
        .object(fullName(step, op.target.relation))
        .help("ADD CONSTRAINT name …");
}

extern constexpr Rule unnamed_constraint{
    .id = "unnamed-constraint",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
