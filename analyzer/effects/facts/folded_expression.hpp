#pragma once
#include "effects/facts/effect.hpp"
#include "effects/facts/function_call.hpp"
#include "effects/layer.hpp"

#include <string>

namespace lockstep::effects {

/// What is left of an expression once the planner has folded constants, dropped what cannot be
/// reached, and put the bodies of simple SQL functions in place of their calls
/// (eval_const_expressions, clauses.c).
struct FoldedExpression {
  enum class Value : uint8_t { unknown, constant, null, true_, false_ };
  Value value = Value::unknown; ///< `constant`: one that is neither null nor a known boolean.
  std::string text;             ///< Of a constant, where it is known: to compare constants.
  std::string type;             ///< Catalog name; "unknown" for a string; empty if not known.
  Volatility volatility = Volatility::immutable;

  [[nodiscard]] bool isConstant() const { return value != Value::unknown; }
};

[[nodiscard]] FoldedExpression foldExpression(const Expression &expression, const Catalog &catalog,
                                              int postgres);
[[nodiscard]] Volatility volatilityOf(const Expression &expression, const Catalog &catalog,
                                      int postgres);

} // namespace lockstep::effects
