#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct FuncCall;

namespace lockstep::sql {

/// After the clauses that may follow a call's brackets: WITHIN GROUP, FILTER, OVER.
[[nodiscard]] size_t skipCallClauses(const StatementTokens &tokens, size_t i);

[[nodiscard]] Expression lowerCall(Lowering &at, const ::FuncCall &node);

} // namespace lockstep::sql
