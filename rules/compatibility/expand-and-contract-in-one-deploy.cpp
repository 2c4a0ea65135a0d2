#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/replacement.hpp"
#include "history/statement_index.hpp"

namespace lockstep::rules {

static void checkColumn(const DropColumn &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *dropped = table ? table->findColumn(op.column) : nullptr;
  if (!table || (dropped && step.at.isNew(dropped->origin)))
    return;
  const StatementIndex::Copy *copy =
      step.at.change_set->index().copyBefore(step.at, table->id, op.column);
  if (!copy)
    return;
  report
      .add(op.where,
           "'{}' takes the place of '{}.{}' and that is dropped in the same deploy: "
           "running code still uses it",
           format("{}.{}", shown(*copy->table), copy->made->name), shown(op.target.relation),
           op.column)
      .object(fullName(step, op.target.relation, op.column))
      .help(
          "deploy the new column with a sync trigger and the backfill first, switch the code, and "
          "drop '{}' in a later release",
          op.column);
}

/// The table, new in the change set, that an earlier statement of it fills from `table`.
static const Relation *copyOf(const Relation &table, const Step &step) {
  for (const StatementStep &each : step.at.change_set->statements) {
    if (each.number >= step.at.number)
      break;
    for (const Op &op : each.statement->ops) {
      const auto *insert = std::get_if<Insert>(&op);
      const Relation *target = insert ? each.before.findRelation(insert->table) : nullptr;
      if (!target || !step.at.isNew(*target) || target->persistence == Persistence::temporary)
        continue;
      for (const RelationUse &use : insert->query.relations)
        if (const Relation *source = each.before.findRelation(use.name);
            source && source->id == table.id)
          return step.before().relation(target->id);
    }
  }
  return nullptr;
}

static void checkTable(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::table)
    return;
  const Relation *table = step.before().findRelation(op.name);
  const Relation *copy = table ? copyOf(*table, step) : nullptr;
  if (!copy || isReplacedInTransaction(step, op.name))
    return;
  report
      .add(op.where,
           "'{}' takes the place of table '{}' and that is dropped in the same deploy: "
           "running code still uses it",
           shown(*copy), shown(op.name))
      .object(fullName(step, op.name))
      .help("deploy the new table first, keep both in sync, switch the code, and drop '{}' in a "
            "later release",
            shown(op.name));
}

static constexpr std::string_view supersedes[] = {"drop-column", "drop-table"};

extern constexpr Rule expand_and_contract_in_one_deploy{
    .id = "expand-and-contract-in-one-deploy",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .supersedes = supersedes,
    .checks = {on<&checkColumn>, on<&checkTable>},
};

} // namespace lockstep::rules
