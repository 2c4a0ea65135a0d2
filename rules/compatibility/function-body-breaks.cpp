#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/replacement.hpp"
#include "evolve/routine_use.hpp"

namespace lockstep::rules {

/// The function as the change set leaves it is the one of before: nothing has corrected its body.
static bool isUnchanged(const Function &function, const Step &step) {
  const Function *after = catalogAfter(step).function(function.id);
  return after && after->definition == function.definition;
}

static void tell(const std::vector<const Function *> &functions, Range where, std::string_view what,
                 const Step &step, Report &report) {
  for (const Function *function : functions) {
    if (!isUnchanged(*function, step))
      continue;
    report
        .add(where, "the body of function '{}' still uses {}: it fails at its next call",
             function->name, what)
        .object(function->signature())
        .label(function->origin, format("'{}' was created here", function->name))
        .help("CREATE OR REPLACE FUNCTION {} in the same transaction",
              shown(QualifiedName{function->schema, function->name, {}}));
  }
}

static void checkDropColumn(const DropColumn &op, const Step &step, Report &report) {
  if (const Relation *table = step.before().findRelation(op.target.relation))
    tell(routinesUsing(step.before(), *table, op.column), op.where,
         format("'{}.{}'", shown(op.target.relation), op.column), step, report);
}

static void checkRename(const RenameObject &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.name);
  if (!table || isReplacedInTransaction(step, op.name))
    return;
  if (op.kind == ObjectKind::column)
    tell(routinesUsing(step.before(), *table, op.part), op.where,
         format("'{}.{}'", shown(op.name), op.part), step, report);
  else if (op.part.empty())
    tell(routinesUsing(step.before(), *table), op.where, format("'{}'", shown(op.name)), step,
         report);
}

static void checkDrop(const DropObject &op, const Step &step, Report &report) {
  const Relation *table = op.on_table.empty() ? step.before().findRelation(op.name) : nullptr;
  if (table && !table->isIndex() && !isReplacedInTransaction(step, op.name) &&
      !catalogAfter(step).findRelation(step.before().resolve(op.name)))
    tell(routinesUsing(step.before(), *table), op.where, format("'{}'", shown(op.name)), step,
         report);
}

extern constexpr Rule function_body_breaks{
    .id = "function-body-breaks",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .checks = {on<&checkDropColumn>, on<&checkRename>, on<&checkDrop>},
};

} // namespace lockstep::rules
