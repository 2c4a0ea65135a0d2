#pragma once

#include "engine/rule.hpp"

#include <span>

namespace lockstep::rules {

/// Every rule, sorted by id. The list is generated from the file names of rules/: the file
/// rules/<category>/drop-column.cpp defines
///
///     namespace lockstep::rules {
///     extern constexpr Rule drop_column{...};
///     }
std::span<const Rule *const> allRules();

} // namespace lockstep::rules
