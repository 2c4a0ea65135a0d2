#include "effects/facts/type_change.hpp"
#include "effects/facts/value_type.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/replacement.hpp"

namespace lockstep::rules {

namespace {
enum class Family : uint8_t { other, number, string };
} // namespace

static Family familyOf(std::string_view type) {
  if (type == "int2" || type == "int4" || type == "int8" || type == "numeric")
    return Family::number;
  return type == "varchar" || type == "text" ? Family::string : Family::other;
}

/// True where code that reads and writes `from` gets along with `to`: the same type, or a wider one
/// of its kind.
static bool isWidened(const Column &from, const Column &to, const Step &step, int postgres) {
  const ValueType before = valueTypeOf(from, postgres);
  const ValueType after = valueTypeOf(to, postgres);
  if (from.type == to.type)
    return true;
  AlterColumnType change;
  change.column = from.name;
  change.type = to.type;
  const TypeChange found =
      typeChange(from, change, step.before(), EffectOptions{.postgres = postgres});
  return familyOf(before.name) != Family::other && familyOf(before.name) == familyOf(after.name) &&
         !before.is_array && !after.is_array && found.known && !found.narrows;
}

/// True where the rows of a table have a value in the column that takes the old name: it is older
/// than the change set, has a default, or something in the change set may have filled it.
static bool hasRows(const Column &heir, const Step &step) {
  if (!step.at.isNew(heir.origin) || heir.default_value || heir.generated != Generated::none ||
      heir.identity != Identity::none)
    return true;
  const auto fills = [&](const StatementStep &each, const Op &op) {
    if (std::holds_alternative<DoBlock>(op) || std::holds_alternative<Call>(op))
      return true;
    const auto *update = std::get_if<Update>(&op);
    const Relation *table = update ? each.before.findRelation(update->table) : nullptr;
    return table && std::any_of(update->assignments.begin(), update->assignments.end(),
                                [&](const Assignment &assignment) {
                                  const Column *column = table->findColumn(assignment.column);
                                  return column &&
                                         column->origin.statement == heir.origin.statement;
                                });
  };
  for (const StatementStep &each : step.at.change_set->statements)
    for (const Op &other : each.statement->ops)
      if (fills(each, other))
        return true;
  return false;
}

/// A swap: in one transaction the wider column takes the name of the one that it was kept in step
/// with.
static bool isSwapped(const RenameObject &op, const Step &step, int postgres) {
  const Relation *table = step.before().findRelation(op.name);
  const Column *column = table ? table->findColumn(op.part) : nullptr;
  if (!column)
    return false;
  if (const Column *heir = columnInPlaceOf(step, op))
    return hasRows(*heir, step) && isWidened(*column, *heir, step, postgres);
  // The other half: the name was free only since this transaction began.
  return takesColumnInTransaction(step, op);
}

static void check(const RenameObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::column || op.relation_kind == ObjectKind::type)
    return;
  if (isReplacedInTransaction(step, op.name) || isSwapped(op, step, report.postgres()))
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
