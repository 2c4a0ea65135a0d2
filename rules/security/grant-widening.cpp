#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static void check(const Grant &op, const Step &, Report &report) {
  if (!op.is_grant)
    return;
  bool to_public = std::find(op.grantees.begin(), op.grantees.end(), "public") != op.grantees.end();
  bool writes = op.privileges.empty() ||
                std::any_of(op.privileges.begin(), op.privileges.end(), [](const auto &privilege) {
                  return privilege.starts_with("insert") || privilege.starts_with("update") ||
                         privilege.starts_with("delete") || privilege.starts_with("truncate") ||
                         privilege.starts_with("create");
                });
  if (to_public && writes) {
    report
        .add(op.where, "this lets every role of the database write: PUBLIC is all of them, also "
                       "those made later")
        .help("grant to the roles that need it");
    return;
  }
  if (op.privileges.empty() && op.all_in_schema && op.kind == ObjectKind::table)
    report
        .add(op.where, "ALL PRIVILEGES on all of a schema includes TRUNCATE and TRIGGER on every "
                       "table")
        .help("name the privileges that the role needs");
}

extern constexpr Rule grant_widening{
    .id = "grant-widening",
    .category = Category::security,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
