#pragma once
#include "ddl/layer.hpp"
#include "ops/expression.hpp"

namespace lockstep::ddl {

/// True for text that is one call, f(…) or s.f(…), which DEFAULT and an index's element take
/// without parentheses: x AT TIME ZONE y is a function in the tree only.
[[nodiscard]] bool isCall(const SqlExpression &expression);

} // namespace lockstep::ddl
