#include "sql/lower/transaction.hpp"

#include "base/text.hpp"
#include "sql/query/name.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

static TransactionAction actionOf(TransactionStmtKind kind) {
  switch (kind) {
  case TRANS_STMT_BEGIN:
  case TRANS_STMT_START:
    return TransactionAction::begin;
  case TRANS_STMT_COMMIT:
    return TransactionAction::commit;
  case TRANS_STMT_ROLLBACK:
    return TransactionAction::rollback;
  case TRANS_STMT_SAVEPOINT:
    return TransactionAction::savepoint;
  case TRANS_STMT_RELEASE:
    return TransactionAction::release;
  case TRANS_STMT_ROLLBACK_TO:
    return TransactionAction::rollback_to;
  case TRANS_STMT_PREPARE:
    return TransactionAction::prepare;
  case TRANS_STMT_COMMIT_PREPARED:
    return TransactionAction::commit_prepared;
  case TRANS_STMT_ROLLBACK_PREPARED:
    return TransactionAction::rollback_prepared;
  }
  return TransactionAction::begin;
}

void lowerTransaction(Lowering &at, const TransactionStmt &node) {
  TransactionControl op;
  op.action = actionOf(node.kind);
  op.name = text(node.savepoint_name ? node.savepoint_name : node.gid);
  op.chain = node.chain;
  at.addWhole(std::move(op));
}

// --- SET -----------------------------------------------------------------------------------------

SetVariable setVariable(const VariableSetStmt &node) {
  SetVariable op;
  op.name = toLowerAscii(text(node.name));
  op.local = node.is_local;
  op.reset = node.kind == VAR_SET_DEFAULT || node.kind == VAR_RESET || node.kind == VAR_RESET_ALL;
  op.values.reserve(cells(node.args).size());
  for (const ::Node *value : nodes<::Node>(node.args))
    op.values.push_back(optionText(value));
  return op;
}

void lowerSet(Lowering &at, const VariableSetStmt &node) {
  if (node.kind != VAR_SET_MULTI) {
    at.addWhole(setVariable(node));
    return;
  }
  // SET TRANSACTION … and SET SESSION CHARACTERISTICS AS TRANSACTION …: a list of modes. A snapshot
  // is a string, no mode, and changes no variable.
  bool for_session = equalsIgnoringCase(text(node.name), "SESSION CHARACTERISTICS");
  size_t before = at.ops.size();
  for (const ::Node *mode : nodes<::Node>(node.args)) {
    if (!IsA(mode, DefElem))
      continue;
    SetVariable op;
    op.name = std::string(for_session ? "default_" : "").append(text(as<DefElem>(mode)->defname));
    op.values.push_back(optionText(as<DefElem>(mode)->arg));
    op.local = !for_session;
    at.addWhole(std::move(op));
  }
  if (at.ops.size() == before)
    at.addWhole(NoEffect{});
}

void lowerDiscard(Lowering &at, const DiscardStmt &node) {
  if (node.target != DISCARD_ALL) {
    at.addWhole(NoEffect{});
    return;
  }
  SetVariable op;
  op.reset = true;
  at.addWhole(std::move(op));
}

// --- SELECT set_config('name', 'value', is_local) ------------------------------------------------

/// The constant of an A_Const, also below a cast; null where the node is none.
static const A_Const *constantOf(const ::Node *node) {
  if (IsA(node, TypeCast))
    node = as<TypeCast>(node)->arg;
  return IsA(node, A_Const) && !as<A_Const>(node)->isnull ? as<A_Const>(node) : nullptr;
}

/// The elements of a list as search_path writes it: names, in double quotes where needed.
static std::vector<std::string> splitNames(std::string_view list) {
  std::vector<std::string> names;
  for (std::string_view part : split(list, ',')) {
    part = trim(part);
    bool is_quoted = part.size() >= 2 && part.front() == '"' && part.back() == '"';
    names.push_back(is_quoted ? std::string(part.substr(1, part.size() - 2)) : toLowerAscii(part));
  }
  return names;
}

static bool asSetVariable(const ResTarget &target, SetVariable &op) {
  if (!target.val || !IsA(target.val, FuncCall))
    return false;
  const auto *call = as<FuncCall>(target.val);
  auto arguments = nodes<::Node>(call->args);
  if (lastName(call->funcname) != "set_config" || arguments.size() != 3)
    return false;
  const A_Const *name = constantOf(arguments[0]);
  const A_Const *value = constantOf(arguments[1]);
  const A_Const *is_local = constantOf(arguments[2]);
  if (!name || !value || !is_local)
    return false;
  op.name = toLowerAscii(optionText(&name->val.node));
  std::string content = optionText(&value->val.node);
  op.values = op.name == "search_path" ? splitNames(content) : std::vector{std::move(content)};
  std::string local = toLowerAscii(optionText(&is_local->val.node));
  op.local =
      !local.empty() && (local[0] == 't' || local[0] == 'y' || local == "on" || local == "1");
  return true;
}

bool lowerSetConfig(Lowering &at, const SelectStmt &node) {
  if (!node.targetList || node.fromClause || node.whereClause || node.withClause)
    return false;
  std::vector<SetVariable> ops;
  for (const ResTarget *target : nodes<ResTarget>(node.targetList))
    if (!asSetVariable(*target, ops.emplace_back()))
      return false;
  for (SetVariable &op : ops)
    at.addWhole(std::move(op));
  return true;
}

} // namespace lockstep::sql
