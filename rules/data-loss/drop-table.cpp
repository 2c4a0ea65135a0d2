#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

/// Tables that a foreign key of `table` references: DROP TABLE locks them, too.
static std::vector<std::string> lockedAlong(const DropObject &op, const Step &step) {
  std::vector<std::string> names;
  std::string dropped = fullName(step, op.name);
  for (const Lock &lock : step.effects.locks)
    if (lock.reason == LockReason::referenced && lock.relation.name != dropped)
      names.push_back(shown(lock.relation));
  return names;
}

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::table && op.kind != ObjectKind::foreign_table)
    return;
  if ((op.if_exists && step.before().knowledgeOf(op.name) == Knowledge::absent) ||
      dropsNothing(op, step.before()))
    return;
  std::string message = format(
      "dropping table '{}' deletes its rows and breaks code that still uses it", shown(op.name));
  if (std::vector<std::string> along = lockedAlong(op, step); !along.empty())
    message +=
        format("; ACCESS EXCLUSIVE is also taken on {} {}", listed(along), heldUntil(step.at));
  FindingBuilder finding = report.add(op.where, std::move(message));
  finding.object(fullName(step, op.name))
      .help("stop using '{}' in code, deploy, and drop it in a later release{}", shown(op.name),
            lockedAlong(op, step).empty() ? "" : ", after dropping its foreign keys one by one");
  if (const Relation *table = step.before().findRelation(op.name))
    finding.label(table->origin, format("'{}' was created here", shown(op.name)));
}

static constexpr std::string_view aliases[] = {"squawk:ban-drop-table", "pgls:banDropTable",
                                               "atlas:DS102", "atlas:destructive"};

extern constexpr Rule drop_table{
    .id = "drop-table",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
