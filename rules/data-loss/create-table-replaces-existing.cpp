#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// The statement of the change set that makes the table again after it was dropped, or null.
static const StatementStep *creationAfter(const Step &step, const QualifiedName &dropped) {
  const ChangeSet &change_set = *step.at.change_set;
  for (const StatementStep *next = change_set.next(step.at); next; next = change_set.next(*next))
    for (const Op &op : next->statement->ops) {
      const auto *table = std::get_if<CreateTable>(&op);
      if (table && table->partition_of.empty() && next->before.resolve(table->table) == dropped)
        return next;
    }
  return nullptr;
}

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::table ||
      (op.if_exists && step.before().knowledgeOf(op.name) == Knowledge::absent))
    return;
  const StatementStep *creation = creationAfter(step, step.before().resolve(op.name));
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
