#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static void checkAdd(const AddColumn &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  if (!op.if_not_exists || !table || !step.before().isCertain(*table) ||
      !table->findColumn(op.column.name) || !blockingLockOf(step.at))
    return;
  report
      .add(op.where, "'{}.{}' is there already, but the statement locks the table all the same; {}",
           shown(op.target.relation), op.column.name,
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column.name))
      .help("leave it out");
}

static void checkDrop(const DropColumn &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  if (!op.if_exists || !table || !blockingLockOf(step.at) ||
      step.before().knowledgeOf(*table, op.column) != Knowledge::absent)
    return;
  report
      .add(op.where, "'{}.{}' is gone already, but the statement locks the table all the same; {}",
           shown(op.target.relation), op.column, lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation))
      .help("leave it out");
}

static void checkIndex(const CreateIndex &op, const Step &step, Report &report) {
  const Relation *index = step.before().findRelation({op.table.schema, op.name, {}});
  if (!op.if_not_exists || op.concurrently || op.name.empty() || !index || !index->index ||
      !step.before().isCertain(*index) || !blockingLockOf(step.at))
    return;
  report
      .add(op.where, "index '{}' is there already, but the statement locks '{}' all the same; {}",
           op.name, shown(op.table), lockPhrase(step.at, LockMode::share))
      .object(fullName(step, op.table))
      .help("leave it out");
}

extern constexpr Rule noop_guard_still_locks{
    .id = "noop-guard-still-locks",
    .category = Category::locking,
    .severity = Severity::info,
    .preset = Preset::strict,
    .checks = {on<&checkAdd>, on<&checkDrop>, on<&checkIndex>},
};

} // namespace lockstep::rules
