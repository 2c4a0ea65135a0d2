#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/replacement.hpp"

namespace lockstep::rules {

static void check(const RenameObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::column || op.relation_kind == ObjectKind::type)
    return;
  if (isReplacedInTransaction(step, op.name))
    return;
  FindingBuilder finding =
      report.add(op.where, "renaming '{}.{}' to '{}' breaks code that still uses the old name",
                 shown(op.name), op.part, op.new_name);
  finding.object(fullName(step, op.name, op.part))
      .help("add '{}' beside '{}', keep both in sync by a trigger, backfill, switch the code, then "
            "drop '{}'",
            op.new_name, op.part, op.part);
  const Relation *table = step.before().findRelation(op.name);
  if (const Column *column = table ? table->findColumn(op.part) : nullptr)
    finding.label(column->origin, format("'{}' was defined here", op.part));
}

static constexpr std::string_view aliases[] = {"squawk:renaming-column", "pgls:renamingColumn",
                                               "atlas:BC102", "atlas:incompatible",
                                               "strong_migrations:rename_column"};

extern constexpr Rule rename_column{
    .id = "rename-column",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
