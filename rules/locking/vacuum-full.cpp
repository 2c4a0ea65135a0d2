#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Vacuum &op, const Step &step, Report &report) {
  if (!op.vacuum || !op.full)
    return;
  std::string tables = "every table of the database";
  if (!op.targets.empty()) {
    std::vector<std::string> names;
    for (const Vacuum::Target &target : op.targets)
      if (!step.at.isNew(target.table))
        names.push_back(shown(target.table));
    tables = listed(names);
  }
  FindingBuilder finding = report.add(op.where, "VACUUM FULL writes {} anew, with all indexes; {}",
                                      tables, lockPhrase(step.at, LockMode::access_exclusive));
  for (const Vacuum::Target &target : op.targets)
    finding.object(fullName(step, target.table));
  finding.help("plain VACUUM lets new rows use the space; to give it back without the lock, run "
               "pg_repack outside the migration");
}

static constexpr std::string_view aliases[] = {"pgls:banVacuumFull", "squawk:prefer-repack"};

extern constexpr Rule vacuum_full{
    .id = "vacuum-full",
    .category = Category::locking,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
