#include "effects/effects.hpp"

#include "effects/describe/body.hpp"
#include "effects/describe/describe.hpp"
#include "effects/describe/query_use.hpp"

#include <algorithm>

namespace lockstep {

std::string_view name(Duration duration) {
  switch (duration) {
  case Duration::instant:
    return "instant";
  case Duration::rows:
    return "rows";
  case Duration::unknown:
    return "unknown";
  }
  return "unknown";
}

LockMode Effects::lockOn(std::string_view relation) const {
  for (const Lock &lock : locks)
    if (lock.relation.name == relation)
      return lock.mode;
  return LockMode::none;
}

/// What befalls the relation itself, else a partition or child of the one that the statement names.
template <class Effect>
static const Effect *effectOn(const std::vector<Effect> &all, std::string_view relation,
                              const std::vector<Lock> &locks) {
  for (const Effect &effect : all)
    if (effect.relation.name == relation)
      return &effect;
  const auto reasonOf = [&](std::string_view name) {
    const auto lock = std::find_if(locks.begin(), locks.end(),
                                   [&](const Lock &each) { return each.relation.name == name; });
    return lock == locks.end() ? LockReason::read : lock->reason;
  };
  if (reasonOf(relation) != LockReason::target)
    return nullptr;
  for (const Effect &effect : all)
    if (reasonOf(effect.relation.name) == LockReason::partition)
      return &effect;
  return nullptr;
}

const Rewrite *Effects::rewriteOf(std::string_view relation) const {
  return effectOn(rewrites, relation, locks);
}

bool Effects::rewritesTable(std::string_view relation) const {
  return rewriteOf(relation) != nullptr;
}

const Scan *Effects::scanOf(std::string_view relation) const {
  return effectOn(scans, relation, locks);
}

LockMode Effects::strongest() const {
  LockMode mode = LockMode::none;
  for (const Lock &lock : locks)
    mode = std::max(mode, lock.mode);
  return mode;
}

/// Queries that run, and those that are only planned or stored.
static void describe(const Select &op, const Statement &statement, Collector &out) {
  if (op.runs)
    runQuery(op.query, out);
  else if (statement.kind == "PrepareStmt")
    rewriteQuery(op.query, out);
  else
    planQuery(op.query, out);
}

/// DISCARD ALL, which shares RESET ALL's op.
static void describe(const SetVariable &op, const Statement &statement, Collector &out) {
  if (statement.kind == "DiscardStmt" && op.name.empty())
    out.refuseTransaction();
}

static void describe(const TransactionControl &op, const Statement &, Collector &out) {
  if (op.action == TransactionAction::commit_prepared ||
      op.action == TransactionAction::rollback_prepared)
    out.refuseTransaction();
}

/// DDL on anything else. ALTER … DEPENDS ON EXTENSION can name a relation.
static void describe(const ObjectDdl &op, const Statement &, Collector &out) {
  if (op.refuses_transaction)
    out.refuseTransaction();
  const bool is_relation = op.kind == ObjectKind::index || op.kind == ObjectKind::materialized_view;
  if (!is_relation || op.action != DdlAction::alter)
    return;
  for (const QualifiedName &name : op.names)
    if (const std::optional<Place> place = out.find(name))
      out.lock(*place, LockMode::access_exclusive);
}

/// What these do takes no lock on a relation: they define types, functions, schemas and the like.
/// An enum gets a new value without a lock, in a transaction, too (since 12).
template <class Operation>
concept TouchesNoRelation = std::is_same_v<Operation, Unmodelled> ||
    std::is_same_v<Operation, NoEffect> || std::is_same_v<Operation, CreateSchema> ||
    std::is_same_v<Operation, CreateEnum> || std::is_same_v<Operation, AddEnumValue> ||
    std::is_same_v<Operation, RenameEnumValue> || std::is_same_v<Operation, CreateDomain> ||
    std::is_same_v<Operation, CreateCompositeType> || std::is_same_v<Operation, CreateBaseType> ||
    std::is_same_v<Operation, AlterFunction> || std::is_same_v<Operation, CreateExtension>;

/// Describes one op by the overload that fits: with its statement, with the whole ALTER TABLE, or
/// alone.
static void describeOp(const Op &op, const Statement &statement, const Alteration &alter,
                       Collector &out) {
  std::visit(
      [&](const auto &value) {
        using Operation = std::decay_t<decltype(value)>;
        if constexpr (TouchesNoRelation<Operation>)
          return;
        else if constexpr (requires { describe(value, statement, out); })
          describe(value, statement, out);
        else if constexpr (requires { describe(value, alter, out); })
          describe(value, alter, out);
        else
          describe(value, out);
      },
      op);
}

/// In an ALTER TABLE all tables are taken at the start, in the strongest mode over the subcommands.
static void raiseLocks(Effects &total, LockMode mode, const std::vector<EffectTarget> &recursed) {
  const auto isRecursed = [&](const EffectTarget &target) {
    return std::find(recursed.begin(), recursed.end(), target) != recursed.end();
  };
  for (Lock &lock : total.locks)
    if (lock.mode < mode && isRecursed(lock.relation))
      lock.mode = mode;
}

StatementEffects describeStatement(const Statement &statement, const Catalog &before,
                                   const EffectOptions &options, Calls *calls) {
  StatementEffects result;
  result.per_op.reserve(statement.ops.size());
  const Alteration alter(statement, before, options);
  std::vector<EffectTarget> recursed;
  for (const Op &op : statement.ops) {
    Collector out(before, options, calls);
    describeOp(op, statement, alter, out);
    if (statement.ops.size() > 1)
      recursed.insert(recursed.end(), out.recursed().begin(), out.recursed().end());
    result.per_op.push_back(out.take());
  }
  if (result.per_op.size() == 1) {
    result.joint.reset();
    return result;
  }
  Collector all(before, options, calls);
  for (const Effects &effects : result.per_op)
    all.add(effects);
  result.joint = all.take();
  if (!recursed.empty())
    raiseLocks(*result.joint, lockLevel(statement), recursed);
  return result;
}

StatementEffects effectsOf(const Statement &statement, const Catalog &before,
                           const EffectOptions &options) {
  return describeStatement(statement, before, options, nullptr);
}

} // namespace lockstep
