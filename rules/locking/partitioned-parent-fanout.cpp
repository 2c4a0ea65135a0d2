#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// From how many partitions on a statement for all of them is worth a look.
static constexpr size_t many = 8;

static void check(const Step &step, Report &report) {
  const AlterTarget *target = alterTargetOf(step.op);
  if (!target || target->only || step.effects.scans.size() < many)
    return;
  const Relation *table = step.before().findRelation(target->relation);
  if (!table || table->kind != RelationKind::partitioned_table)
    return;
  report
      .add(whereOf(step.op), "this reads {} of '{}', all locked at once; {}",
           plural(step.effects.scans.size(), "partition"), shown(target->relation),
           lockPhrase(step.at, step.effects.strongest()))
      .object(fullName(step, target->relation))
      .help("do it partition by partition, then on the parent, which finds it done");
}

extern constexpr Rule partitioned_parent_fanout{
    .id = "partitioned-parent-fanout",
    .category = Category::locking,
    .severity = Severity::info,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
