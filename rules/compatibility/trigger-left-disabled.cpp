#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

static bool disables(TableSetting setting) {
  return setting == TableSetting::disable_trigger ||
         setting == TableSetting::disable_all_triggers ||
         setting == TableSetting::disable_user_triggers;
}

static bool enables(TableSetting setting) {
  return setting == TableSetting::enable_trigger ||
         setting == TableSetting::enable_always_trigger ||
         setting == TableSetting::enable_replica_trigger ||
         setting == TableSetting::enable_all_triggers ||
         setting == TableSetting::enable_user_triggers;
}

/// True where a later statement of the change set turns the triggers on again, or drops them.
static bool isUndone(const AlterTableSetting &op, const Step &step) {
  if (!relationAfter(step, op.target.relation) && step.before().findRelation(op.target.relation))
    return true;
  const ChangeSet &change_set = *step.at.change_set;
  for (const StatementStep *next = change_set.next(step.at); next; next = change_set.next(*next))
    for (const Op &other : next->statement->ops) {
      const auto *setting = std::get_if<AlterTableSetting>(&other);
      if (setting && enables(setting->setting) &&
          next->before.resolve(setting->target.relation) ==
              step.before().resolve(op.target.relation) &&
          (setting->name == op.name || setting->name.empty()))
        return true;
      const auto *drop = std::get_if<DropObject>(&other);
      if (drop && drop->kind == ObjectKind::trigger && drop->name.name == op.name)
        return true;
    }
  return false;
}

static void checkTable(const AlterTableSetting &op, const Step &step, Report &report) {
  if (!disables(op.setting) || isUndone(op, step))
    return;
  bool all = op.setting == TableSetting::disable_all_triggers;
  std::string what = op.setting == TableSetting::disable_trigger ? format("trigger '{}'", op.name)
                     : all ? std::string("every trigger, foreign keys included,")
                           : std::string("every user trigger");
  report
      .add(op.where,
           "{} of '{}' is switched off and stays off: what it did for running code no "
           "longer happens",
           what, shown(op.target.relation))
      .object(fullName(step, op.target.relation))
      .help("ENABLE it in the same transaction, or drop the trigger in a release of its own");
}

static bool isReplicationRole(const SetVariable &op) {
  return op.name == "session_replication_role";
}

static void checkRole(const SetVariable &op, const Step &step, Report &report) {
  if (!isReplicationRole(op) || op.reset || op.local || op.values.size() != 1 ||
      op.values.front() != "replica")
    return;
  const ChangeSet &change_set = *step.at.change_set;
  for (const StatementStep *next = change_set.next(step.at); next && next->file == step.at.file;
       next = change_set.next(*next))
    for (const Op &other : next->statement->ops)
      if (const auto *set = std::get_if<SetVariable>(&other);
          set && (isReplicationRole(*set) || set->name.empty()))
        return;
  report
      .add(op.where, "session_replication_role stays 'replica' for the rest of the session: no "
                     "trigger fires and no foreign key is checked")
      .help("use SET LOCAL, or RESET session_replication_role at the end of the file");
}

extern constexpr Rule trigger_left_disabled{
    .id = "trigger-left-disabled",
    .category = Category::compatibility,
    .severity = Severity::error,
    .checks = {on<&checkTable>, on<&checkRole>},
};

} // namespace lockstep::rules
