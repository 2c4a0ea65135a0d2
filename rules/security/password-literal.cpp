#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const ObjectDdl &op, const Step &, Report &report) {
  if (op.kind != ObjectKind::role && op.kind != ObjectKind::user_mapping)
    return;
  for (const Option &option : op.options)
    if (option.name == "password" && !option.value.empty() &&
        !equalsIgnoringCase(option.value, "null"))
      report
          .add(op.where,
               "a password stands in the migration: it stays in the repository and in the "
               "server's log")
          .help("make the role without one, and set it by \\password or from the secret store");
}

extern constexpr Rule password_literal{
    .id = "password-literal",
    .category = Category::security,
    .severity = Severity::error,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
