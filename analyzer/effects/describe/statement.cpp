#include "effects/describe/statement.hpp"

#include "effects/describe/describe.hpp"
#include "effects/describe/query_use.hpp"
#include "effects/facts/lock_level.hpp"

#include <algorithm>

namespace lockstep::effects {

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

/// Describes one op by the overload that fits: with its statement, with the whole ALTER TABLE, or
/// alone.
static void describeOp(const Op &op, const Statement &statement, const Alteration &alter,
                       Collector &out) {
  std::visit(
      [&](const auto &value) {
        if constexpr (requires { describe(value, statement, out); }) {
          describe(value, statement, out);
        } else if constexpr (requires { describe(value, alter, out); }) {
          describe(value, alter, out);
        } else {
          static_assert(
              requires { describe(value, out); },
              "effects/describe/describe.hpp says of every op what it locks, rewrites and scans: "
              "add a describe() for it");
          describe(value, out);
        }
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

} // namespace lockstep::effects
