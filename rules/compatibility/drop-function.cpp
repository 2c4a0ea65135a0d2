#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

#include <algorithm>

namespace lockstep::rules {

static bool isFunction(ObjectKind kind) {
  return kind == ObjectKind::function || kind == ObjectKind::procedure ||
         kind == ObjectKind::routine || kind == ObjectKind::aggregate;
}

/// The functions of the name that code can call: trigger functions only serve triggers.
static bool isCallable(const Function &function) {
  return !function.definition || (function.definition->returns.name != "trigger" &&
                                  function.definition->returns.name != "event_trigger");
}

/// True where the same transaction makes a function of the name again.
static bool isMadeAgain(const DropObject &op, const Step &step) {
  const ChangeSet &change_set = *step.at.change_set;
  for (const StatementStep *next = change_set.next(step.at); next; next = change_set.next(*next)) {
    if (!sharesTransaction(step.at, *next))
      return false;
    for (const Op &other : next->statement->ops) {
      const auto *create = std::get_if<CreateFunction>(&other);
      if (create && create->function.name == op.name.name &&
          (create->function.schema.empty() || op.name.schema.empty() ||
           create->function.schema == op.name.schema))
        return true;
    }
  }
  return false;
}

static void check(const DropObject &op, const Step &step, Report &report) {
  if (!isFunction(op.kind))
    return;
  const std::vector<const Function *> functions = step.before().findFunctions(op.name);
  if (functions.empty() && op.if_exists)
    return;
  if (!functions.empty() && std::none_of(functions.begin(), functions.end(),
                                         [](const Function *each) { return isCallable(*each); }))
    return;
  if (isMadeAgain(op, step))
    return;
  FindingBuilder finding = report.add(op.where, "dropping {} '{}' breaks code that still calls it",
                                      name(op.kind), shown(op.name));
  finding.object(fullName(step, op.name))
      .help("stop calling it in code, deploy, and drop it in a later release; to change it, use "
            "CREATE OR REPLACE, or drop and create it in one transaction");
  if (functions.size() == 1)
    finding.label(functions.front()->origin, format("'{}' was created here", shown(op.name)));
}

extern constexpr Rule drop_function{
    .id = "drop-function",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
