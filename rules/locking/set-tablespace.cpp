#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void checkTable(const AlterTableSetting &op, const Step &step, Report &report) {
  if (op.setting != TableSetting::tablespace)
    return;
  if (step.effects.rewrites.empty() && step.effects.index_builds.empty())
    return;
  bool is_index = !step.effects.index_builds.empty();
  report
      .add(op.where, "SET TABLESPACE copies all files of '{}'; {}", shown(op.target.relation),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation))
      .help("{}", is_index ? "REINDEX (TABLESPACE …) CONCURRENTLY moves an index without the lock"
                           : "pg_repack --tablespace moves a table without the lock");
}

static void checkAll(const MoveAllInTablespace &op, const Step &step, Report &report) {
  report
      .add(op.where, "this moves everything in tablespace '{}', one relation after the other; {}",
           op.from, lockPhrase(step.at, LockMode::access_exclusive))
      .help("move relations one by one, without the lock: REINDEX (TABLESPACE …) CONCURRENTLY, "
            "pg_repack --tablespace");
}

extern constexpr Rule set_tablespace{
    .id = "set-tablespace",
    .category = Category::locking,
    .severity = Severity::error,
    .checks = {on<&checkTable>, on<&checkAll>},
};

} // namespace lockstep::rules
