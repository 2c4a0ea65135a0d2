#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/sync.hpp"

namespace lockstep::rules {

static bool raises(const Function &function) {
  return function.definition &&
         toLowerAscii(function.definition->body.text).find("raise exception") != std::string::npos;
}

static void checkCreate(const CreateTrigger &op, const Step &step, Report &report) {
  for (const Function *function : step.before().findFunctions(op.function)) {
    if (!raises(*function))
      continue;
    report
        .add(op.where,
             "trigger '{}' makes writes of running code to '{}' fail where '{}' raises an "
             "exception",
             op.name, shown(op.table), function->name)
        .object(fullName(step, op.table))
        .help("deploy writers that meet the condition first");
    return;
  }
}

/// True where the change set leaves a trigger of the name on the table.
static bool isMadeAgain(const DropObject &op, const Step &step) {
  const Relation *after = relationAfter(step, op.on_table);
  return !after || after->findTrigger(op.name.name);
}

static void checkDrop(const DropObject &op, const Step &step, Report &report) {
  const Relation *table =
      op.kind == ObjectKind::trigger ? step.before().findRelation(op.on_table) : nullptr;
  const Trigger *trigger = table ? table->findTrigger(op.name.name) : nullptr;
  if (!trigger || step.at.isNew(trigger->origin) || isMadeAgain(op, step) ||
      isSyncTrigger(trigger->definition, step.before()))
    return;
  report
      .add(op.where,
           "without trigger '{}', what it did for writes of running code to '{}' no longer "
           "happens",
           op.name.name, shown(op.on_table))
      .object(fullName(step, op.on_table))
      .label(trigger->origin, format("'{}' was created here", op.name.name))
      .help("deploy code that does it first, or that does not need it");
}

static constexpr std::string_view aliases[] = {"pgls:banDropTrigger"};

extern constexpr Rule trigger_behaviour_change{
    .id = "trigger-behaviour-change",
    .category = Category::compatibility,
    .severity = Severity::info,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&checkCreate>, on<&checkDrop>},
};

} // namespace lockstep::rules
