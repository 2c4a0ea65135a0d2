#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DoBlock &op, const Step &, Report &report) {
  if (!op.body.opaque && op.body.parsed)
    return;
  report
      .add(op.where,
           op.body.parsed
               ? "this block runs SQL that it puts together itself: what that does is not "
                 "checked, and what it makes is not known afterwards"
               : "this block is not checked: its language is not read here")
      .help("write the statements as they are; EXECUTE of a literal, or format() of literals, is "
            "read");
}

extern constexpr Rule opaque_dynamic_sql{
    .id = "opaque-dynamic-sql",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
