#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static bool isTrue(const Option &option) {
  return option.value != "false" && option.value != "0" && option.value != "off";
}

static void checkRole(const ObjectDdl &op, const Step &, Report &report) {
  if (op.kind != ObjectKind::role || op.action == DdlAction::drop)
    return;
  for (const Option &option : op.options)
    if ((option.name == "superuser" || option.name == "bypassrls") && isTrue(option))
      report
          .add(op.where, "this makes a role that no permission check stops ({})",
               option.name == "superuser" ? "SUPERUSER" : "BYPASSRLS")
          .help("make roles outside of migrations, with the rights that they need");
}

static void checkCopy(const Copy &op, const Step &, Report &report) {
  if (op.program)
    report.add(op.where, "COPY … PROGRAM runs a command on the database server")
        .help("load data through the client: COPY … FROM STDIN");
}

extern constexpr Rule superuser_statement{
    .id = "superuser-statement",
    .category = Category::security,
    .severity = Severity::error,
    .preset = Preset::strict,
    .checks = {on<&checkRole>, on<&checkCopy>},
};

} // namespace lockstep::rules
