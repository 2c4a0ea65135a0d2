#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  const Relation *table =
      op.kind == ObjectKind::table ? step.before().findRelation(op.name) : nullptr;
  if (!table || !table->is_partition || table->parents.empty())
    return;
  const Relation *parent = step.before().relation(table->parents.front());
  if (!parent || step.at.isNew(*parent))
    return;
  report
      .add(op.where, "dropping partition '{}' locks all of '{}'; {}", shown(op.name),
           shown(*parent), lockPhrase(step.at, LockMode::access_exclusive))
      .object(parent->qualifiedName())
      .help("ALTER TABLE {} DETACH PARTITION {} CONCURRENTLY first, then drop it", shown(*parent),
            shown(op.name));
}

extern constexpr Rule drop_partition_locks_parent{
    .id = "drop-partition-locks-parent",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
