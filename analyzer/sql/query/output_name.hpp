#pragma once
#include "sql/layer.hpp"

#include <string_view>

struct Node;

namespace lockstep::sql {

/// The name that a SELECT gives to an output column without AS (FigureColname, parse_target.c).
[[nodiscard]] std::string_view outputName(const ::Node *node);

} // namespace lockstep::sql
