#pragma once
#include "effects/facts/value_type.hpp"
#include "effects/layer.hpp"

#include <string_view>

namespace lockstep::effects {

/// True for a call that the planner replaces by its one argument, which is of that type: an SQL
/// function of the history that selects its parameter and nothing else (inline_function,
/// clauses.c).
[[nodiscard]] bool isReplacedByArgument(const Expression &call, const ValueType &argument,
                                        const Catalog &catalog, int postgres);

} // namespace lockstep::effects
