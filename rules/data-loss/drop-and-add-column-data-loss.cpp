#include "effects/facts/type_change.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

namespace {
/// A column that the migration adds to the table of the dropped one and that may take the place of
/// the dropped one: of the same name, or the only one of the same type where one was dropped.
struct Successor {
  const StatementStep *at = nullptr;
  const AddColumn *add = nullptr;
};
} // namespace

static bool sameType(const Column &dropped, const ColumnDef &added, const Step &step) {
  AlterColumnType change;
  change.column = dropped.name;
  change.type = added.type;
  TypeChange known = typeChange(dropped, change, step.before(), EffectOptions{});
  return known.known && known.possible && !known.rewrites;
}

static Successor successorOf(const DropColumn &op, const Relation &table, const Column *dropped,
                             const Step &step) {
  Successor only;
  size_t drops = 0, similar = 0;
  for (const StatementStep &each : step.at.change_set->statements)
    for (const Op &other : each.statement->ops) {
      const AlterTarget *target = alterTargetOf(other);
      const Relation *same = target ? each.before.findRelation(target->relation) : nullptr;
      if (!same || same->id != table.id || each.migration != step.at.migration)
        continue;
      drops += std::holds_alternative<DropColumn>(other) ? 1 : 0;
      const auto *add = std::get_if<AddColumn>(&other);
      if (!add || add->if_not_exists)
        continue;
      if (add->column.name == op.column)
        return {&each, add};
      if (dropped && sameType(*dropped, add->column, step)) {
        ++similar;
        only = {&each, add};
      }
    }
  return drops == 1 && similar == 1 ? only : Successor{};
}

/// True where an UPDATE of the change set fills the successor before the drop.
static bool isCopied(const Relation &table, const Successor &successor, const Step &step) {
  const std::string &column = successor.add->column.name;
  for (const StatementStep &each : step.at.change_set->statements) {
    if (each.number >= step.at.number)
      break;
    for (const Op &other : each.statement->ops) {
      const auto *update = std::get_if<Update>(&other);
      const Relation *target = update ? each.before.findRelation(update->table) : nullptr;
      if (target && target->id == table.id)
        for (const Assignment &assignment : update->assignments)
          if (assignment.column == column)
            return true;
    }
  }
  return successor.add->column.generation && successor.at->number <= step.at.number;
}

static void check(const DropColumn &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *dropped = table ? table->findColumn(op.column) : nullptr;
  if (!table ||
      (dropped && (step.at.isNew(dropped->origin) || dropped->generated != Generated::none)))
    return;
  Successor successor = successorOf(op, *table, dropped, step);
  if (!successor.add || isCopied(*table, successor, step))
    return;
  bool same_name = successor.add->column.name == op.column;
  FindingBuilder finding = report.add(
      op.where,
      same_name ? "'{}.{}' is dropped and added again as '{}': its values are lost"
                : "'{}.{}' is dropped and '{}' added: if this is a rename, its values are lost",
      shown(op.target.relation), op.column, successor.add->column.name);
  finding.object(fullName(step, op.target.relation, op.column))
      .help("{}", same_name ? format("ALTER COLUMN {} TYPE … USING …, or a new column beside the "
                                     "old with a sync trigger and a backfill",
                                     quoteIdentifier(op.column))
                            : format("add '{}' in one release, keep both in sync by a trigger, "
                                     "backfill, and drop '{}' in a later one",
                                     successor.add->column.name, op.column));
  if (successor.at->file == step.at.file)
    finding.label(successor.add->where, "added here");
}

static constexpr std::string_view supersedes[] = {"drop-column"};

extern constexpr Rule drop_and_add_column_data_loss{
    .id = "drop-and-add-column-data-loss",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .supersedes = supersedes,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
