#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/replacement.hpp"

namespace lockstep::rules {

static void check(const RenameObject &op, const Step &step, Report &report) {
  bool is_table = op.kind == ObjectKind::table || op.kind == ObjectKind::foreign_table;
  if (!is_table || isReplacedInTransaction(step, op.name) || takesPlaceInTransaction(step, op))
    return;
  const Relation *table = step.before().findRelation(op.name);
  if (table && (table->isIndex() || table->kind == RelationKind::sequence))
    return;
  FindingBuilder finding =
      report.add(op.where, "renaming table '{}' to '{}' breaks code that still uses the old name",
                 shown(op.name), op.new_name);
  finding.object(fullName(step, op.name))
      .help(
          "in the same transaction, CREATE VIEW {} AS SELECT * FROM {}; drop the view once no code "
          "uses it",
          shown(op.name), quoteIdentifier(op.new_name));
  if (table)
    finding.label(table->origin, format("'{}' was created here", shown(op.name)));
}

static constexpr std::string_view aliases[] = {"squawk:renaming-table", "pgls:renamingTable",
                                               "atlas:BC101", "atlas:incompatible",
                                               "strong_migrations:rename_table"};

extern constexpr Rule rename_table{
    .id = "rename-table",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
