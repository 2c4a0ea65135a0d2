#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static bool isUsed(const Type &type, const Step &step) {
  if (!step.before().usesOf(type).empty())
    return true;
  for (const Dependent &dependent : step.before().dependentsOf(type.id))
    if (step.before().function(dependent.dependent))
      return true;
  return false;
}

static void check(const AlterCompositeType &op, const Step &step, Report &report) {
  const Type *type = step.before().findType(op.type);
  if (op.action == AttributeAction::alter_type || (type && !type->partial && !isUsed(*type, step)))
    return;
  bool drops = op.action == AttributeAction::drop;
  report
      .add(op.where,
           drops
               ? "dropping attribute '{}' of '{}' loses its values and breaks code that reads it"
               : "with attribute '{}', '{}' has one more: ROW(…) values of running code no longer "
                 "fit",
           op.attribute.name, shown(op.type))
      .object(fullName(step, op.type))
      .help("make a new type beside the old one and move the columns over");
}

extern constexpr Rule composite_type_change{
    .id = "composite-type-change",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
