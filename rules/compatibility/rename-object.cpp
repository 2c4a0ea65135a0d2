#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/replacement.hpp"

#include <algorithm>

namespace lockstep::rules {

/// Objects that code names. Indexes, constraints, triggers, policies and rules are the server's own
/// affair.
static bool isNamedByCode(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::view:
  case ObjectKind::materialized_view:
  case ObjectKind::sequence:
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine:
  case ObjectKind::aggregate:
  case ObjectKind::type:
  case ObjectKind::domain:
  case ObjectKind::type_attribute:
    return true;
  default:
    return false;
  }
}

static bool isTriggerFunction(const Step &step, const RenameObject &op) {
  const std::vector<const Function *> functions = step.before().findFunctions(op.name);
  return !functions.empty() &&
         std::all_of(functions.begin(), functions.end(), [](const Function *function) {
           return function->definition && function->definition->returns.name == "trigger";
         });
}

/// The sequence of a serial or identity column: inserts use it without naming it.
static bool isOwnedSequence(const Step &step, const RenameObject &op) {
  const Relation *sequence = step.before().findRelation(op.name);
  return sequence && sequence->sequence && sequence->sequence->owner != ObjectId::none;
}

/// A type that no column and no function uses any more.
static bool isUnusedType(const Step &step, const RenameObject &op) {
  const Type *type = step.before().findType(op.name);
  return type && !type->partial && op.kind == ObjectKind::type &&
         catalogAfter(step).usesOf(*type).empty();
}

static void check(const RenameObject &op, const Step &step, Report &report) {
  if (!isNamedByCode(op.kind) || isReplacedInTransaction(step, op.name) ||
      (op.part.empty() && takesPlaceInTransaction(step, op)))
    return;
  if (isTriggerFunction(step, op) || isOwnedSequence(step, op) || isUnusedType(step, op) ||
      (op.if_exists && step.before().knowledgeOf(op.name) == Knowledge::absent))
    return;
  bool is_part = op.kind == ObjectKind::type_attribute;
  report
      .add(op.where, "renaming {} '{}' to '{}' breaks code that still uses the old name",
           is_part ? std::string_view("attribute") : name(op.kind),
           is_part ? format("{}.{}", shown(op.name), op.part) : shown(op.name), op.new_name)
      .object(fullName(step, op.name))
      .help("make '{}' beside the old one, switch the code, then drop the old one", op.new_name);
}

extern constexpr Rule rename_object{
    .id = "rename-object",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
