#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct DiscardStmt;
struct SelectStmt;
struct TransactionStmt;
struct VariableSetStmt;

// Transactions and settings: each function adds the ops of its statement.

namespace lockstep::sql {

[[nodiscard]] SetVariable setVariable(const ::VariableSetStmt &node);

void lowerTransaction(Lowering &at, const ::TransactionStmt &node);
void lowerSet(Lowering &at, const ::VariableSetStmt &node);
void lowerDiscard(Lowering &at, const ::DiscardStmt &node);
/// SELECT set_config(…) with constants; false, and nothing added, where the SELECT is another.
[[nodiscard]] bool lowerSetConfig(Lowering &at, const ::SelectStmt &node);

} // namespace lockstep::sql
