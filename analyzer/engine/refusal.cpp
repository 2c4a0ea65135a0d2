#include "engine/refusal.hpp"

#include "base/text.hpp"
#include "effects/facts/new_syntax.hpp"
#include "effects/facts/refusal.hpp"
#include "history/statement_index.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace lockstep::engine {

/// The op of the statement that the server stumbles over.
static size_t opOf(const std::vector<Op> &ops, const Refusal &refusal) {
  for (size_t i = 0; i < ops.size(); ++i)
    if (whereOf(ops[i]).contains(refusal.where))
      return i;
  return 0;
}

/// SQLSTATEs that say that something is not there.
static bool isMissing(std::string_view sqlstate) {
  static constexpr std::array<std::string_view, 5> states{"42P01", "42703", "42704", "42883",
                                                          "3F000"};
  return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

/// True where an earlier statement of the change set was refused that would have made or changed
/// what this one misses.
static bool followsEarlier(const StatementStep &step, const Refusal &refusal) {
  if (!isMissing(refusal.sqlstate) || !step.change_set)
    return false;
  return step.change_set->index().isRefusedBefore(step, refusal.object);
}

/// COMMIT in a DO block that runs inside a transaction (SPI_commit, spi.c).
static std::optional<Refusal> refusedCommit(const Step &step) {
  const auto *block = std::get_if<DoBlock>(&step.op);
  if (!block || !block->body.commits || step.at.in_transaction != Certainty::yes)
    return std::nullopt;
  return Refusal{"2D000", "invalid transaction termination", block->where, {}};
}

/// LOCK TABLE, SAVEPOINT and their like where each statement is a transaction of its own
/// (RequireTransactionBlock, xact.c).
static std::optional<Refusal> refusedWithoutTransaction(const Step &step) {
  if (step.at.in_transaction != Certainty::no || step.at.embedded)
    return std::nullopt;
  std::string_view word;
  if (std::holds_alternative<LockTable>(step.op))
    word = "LOCK TABLE";
  else if (const auto *control = std::get_if<TransactionControl>(&step.op))
    switch (control->action) {
    case TransactionAction::savepoint:
      word = "SAVEPOINT";
      break;
    case TransactionAction::release:
      word = "RELEASE SAVEPOINT";
      break;
    case TransactionAction::rollback_to:
      word = "ROLLBACK TO SAVEPOINT";
      break;
    default:
      break;
    }
  if (word.empty())
    return std::nullopt;
  return Refusal{
      "25P01", format("{} can only be used in transaction blocks", word), whereOf(step.op), {}};
}

/// UPDATE … SET a = 1, a = 2 (process_matched_tle, rewriteHandler.c). Parts of a column, a[1] or
/// a.b, may each have a value.
static std::optional<Refusal> refusedRepetition(const Step &step) {
  const std::vector<Assignment> *assignments = nullptr;
  if (const auto *update = std::get_if<Update>(&step.op))
    assignments = &update->assignments;
  if (!assignments || assignments->size() < 2 || !step.at.source)
    return std::nullopt;
  std::unordered_set<std::string_view> seen;
  for (const Assignment &assignment : *assignments) {
    const std::string_view text = step.at.source->slice(assignment.where);
    const bool is_whole = text.substr(0, text.find('=')).find_first_of("[.(") == text.npos;
    if (is_whole && !seen.insert(assignment.column).second)
      return Refusal{"42601",
                     format("multiple assignments to same column \"{}\"", assignment.column),
                     assignment.where,
                     {}};
  }
  return std::nullopt;
}

/// True where the column list of an INSERT has parts of columns: a[1], a.b.
static bool namesParts(const Step &step) {
  if (!std::holds_alternative<Insert>(step.op) || !step.at.source)
    return false;
  const std::string_view text = step.at.source->slice(whereOf(step.op));
  const size_t open = text.find('('), close = text.find(')');
  return open != text.npos && close != text.npos && open < close &&
         text.substr(open, close - open).find_first_of("[.") != text.npos;
}

/// A column that INSERT or UPDATE names and that the table does not have (checkInsertTargets and
/// transformUpdateTargetList, analyze.c).
static std::optional<Refusal> missingColumn(const Step &step) {
  const auto *insert = std::get_if<Insert>(&step.op);
  const auto *update = std::get_if<Update>(&step.op);
  if (!insert && !update)
    return std::nullopt;
  const Relation *table = step.before().findRelation(insert ? insert->table : update->table);
  if (!table || table->partial || table->kind == RelationKind::view ||
      step.before().incompleteSince())
    return std::nullopt;
  const auto refuse = [&](const std::string &column, Range where) {
    return Refusal{"42703",
                   format("column \"{}\" of relation \"{}\" does not exist", column, table->name),
                   where, table->qualifiedName()};
  };
  if (insert)
    for (const std::string &column : insert->columns)
      if (!table->findColumn(column))
        return refuse(column, insert->where);
  if (update)
    for (const Assignment &assignment : update->assignments)
      if (!table->findColumn(assignment.column))
        return refuse(assignment.column, assignment.where);
  return std::nullopt;
}

std::optional<Refusal> refusalAt(const Step &step, int postgres) {
  if (step.at.result.refusals.empty()) {
    bool may_not_run =
        step.at.embedded && (step.at.embedded->conditional || step.at.embedded->in_loop);
    if (may_not_run)
      return std::nullopt;
    // Of several objects in one DROP the first one tells it.
    if (std::optional<Refusal> refusal = refusedSyntax(step.op, postgres))
      return refusal;
    bool is_told = std::holds_alternative<DropObject>(step.op) && step.index > 0;
    if (std::optional<Refusal> refusal = refusedExpression(step.op, postgres);
        refusal && !namesParts(step) && !is_told)
      return refusal;
    if (std::optional<Refusal> refusal = missingColumn(step))
      return followsEarlier(step.at, *refusal) ? std::nullopt : refusal;
    for (auto *refused : {&refusedCommit, &refusedWithoutTransaction, &refusedRepetition})
      if (std::optional<Refusal> refusal = refused(step))
        return refusal;
    return std::nullopt;
  }
  const Refusal &refusal = step.at.result.refusals.front();
  if (opOf(step.at.statement->ops, refusal) != step.index)
    return std::nullopt;
  const auto *block = std::get_if<DoBlock>(&step.op);
  if ((block && !block->body.statements.empty()) || followsEarlier(step.at, refusal))
    return std::nullopt;
  return refusal;
}

bool refusesTypeChange(const Op &op, const Refusal &refusal) {
  return std::holds_alternative<AlterColumnType>(op) && !isMissing(refusal.sqlstate);
}

bool refusesPartitionedIndex(const Op &op, const Refusal &refusal) {
  if (refusal.sqlstate != "0A000")
    return false;
  const auto *create = std::get_if<CreateIndex>(&op);
  const auto *drop = std::get_if<DropObject>(&op);
  return (create && create->concurrently) ||
         (drop && drop->concurrently && !drop->several && !drop->cascade);
}

} // namespace lockstep::engine
