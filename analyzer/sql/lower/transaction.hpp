#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct DiscardStmt;
struct SelectStmt;
struct TransactionStmt;
struct VariableSetStmt;

namespace lockstep::sql {

// --- names of objects: lower_object_name.cpp -----------------------------------------------------
[[nodiscard]] SetVariable setVariable(const ::VariableSetStmt &node);

void lowerTransaction(Lowering &at, const ::TransactionStmt &node);
void lowerSet(Lowering &at, const ::VariableSetStmt &node);
void lowerDiscard(Lowering &at, const ::DiscardStmt &node);
/// SELECT set_config(…) with constants; false, and nothing added, where the SELECT is another.
[[nodiscard]] bool lowerSetConfig(Lowering &at, const ::SelectStmt &node);

} // namespace lockstep::sql
