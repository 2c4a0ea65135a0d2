#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where an option, or a later statement of the change set, says where the numbers go on.
static bool isStarted(const AddIdentity &op, const Step &step) {
  const bool has_option =
      std::any_of(op.options.begin(), op.options.end(), [](const Option &option) {
        return option.name == "start" || option.name == "restart";
      });
  if (has_option)
    return true;
  for (const StatementStep *next = &step.at; next; next = step.at.change_set->next(*next)) {
    const std::string text = toLowerAscii(next->source->slice(next->statement->range));
    if (text.find("setval") != text.npos || (next != &step.at && text.find("restart") != text.npos))
      return true;
  }
  return false;
}

/// True where running code leaves the column out: when the change set began, a sequence filled it.
static bool hadSequence(const Relation &table, std::string_view name, const Step &step) {
  const Relation *before = step.at.change_set->statements.front().before.relation(table.id);
  const Column *column = before ? before->findColumn(name) : nullptr;
  return column && column->default_value &&
         column->default_value->text.find("nextval") != std::string::npos;
}

/// A new sequence starts at 1, whatever the column holds (init_params, sequence.c).
static void check(const AddIdentity &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (!column || step.at.isNew(*table) || step.at.isNew(column->origin) ||
      !hadSequence(*table, op.column, step) || isStarted(op, step))
    return;
  report
      .add(op.where,
           "the identity of '{}.{}' starts at 1: INSERTs of running code fail with duplicate keys "
           "(SQLSTATE 23505) until it has passed the rows that are there",
           shown(op.target.relation), op.column)
      .object(fullName(step, op.target.relation, op.column))
      .help("add SELECT setval(pg_get_serial_sequence({}, {}), max({})) FROM {} in the same "
            "transaction",
            quoteLiteral(shown(op.target.relation)), quoteLiteral(op.column),
            quoteIdentifier(op.column), shown(op.target.relation));
}

extern constexpr Rule identity_starts_over{
    .id = "identity-starts-over",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::expand,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
