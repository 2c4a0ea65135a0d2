#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static constexpr RuleOption many{
    .name = "partitions",
    .value = 8,
    .least = 2,
    .meaning = "partitions from which on a statement for all of them is worth a look",
};

static void check(const Step &step, Report &report) {
  const AlterTarget *target = alterTargetOf(step.op);
  const auto read = static_cast<int64_t>(step.effects.scans.size());
  if (!target || target->only || read < report.option(many))
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

static constexpr RuleOption options[] = {many};

extern constexpr Rule partitioned_parent_fanout{
    .id = "partitioned-parent-fanout",
    .category = Category::locking,
    .severity = Severity::info,
    .preset = Preset::strict,
    .options = options,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
