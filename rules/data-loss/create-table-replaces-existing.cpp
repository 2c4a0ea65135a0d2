#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "history/statement_index.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::table ||
      (op.if_exists && step.before().knowledgeOf(op.name) == Knowledge::absent) ||
      dropsNothing(op, step.before()))
    return;
  const StatementStep *creation =
      step.at.change_set->index().creationAfter(step.at, step.before().resolve(op.name));
  if (!creation)
    return;
  FindingBuilder finding = report.add(
      op.where, "'{}' is dropped here and created anew: all its rows are lost", shown(op.name));
  finding.object(fullName(step, op.name))
      .help("change '{}' by ALTER TABLE, or create the new table under another name, copy the "
            "rows and switch to it",
            shown(op.name));
  if (creation->file == step.at.file)
    finding.label(creation->origin, "created anew here");
  if (const Relation *table = step.before().findRelation(op.name))
    finding.label(table->origin, format("'{}' was created here", shown(op.name)));
  else
    finding.assuming("the table exists and holds rows").severity(Severity::warning);
}

static constexpr std::string_view aliases[] = {"strong_migrations:create_table"};

static constexpr std::string_view supersedes[] = {"drop-table"};

extern constexpr Rule create_table_replaces_existing{
    .id = "create-table-replaces-existing",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .supersedes = supersedes,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
