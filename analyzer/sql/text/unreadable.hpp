#pragma once
#include "sql/layer.hpp"
#include "sql/text/problem.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::sql {

/// `text` with the bytes that PostgreSQL's parser cannot read (NUL, invalid UTF-8, a byte order
/// mark) replaced by as many others, so that no position moves; nothing if there are none. Adds a
/// problem for the first NUL and the first invalid byte.
[[nodiscard]] std::optional<std::string> maskUnreadable(std::string_view text,
                                                        std::vector<ScriptProblem> &problems);

} // namespace lockstep::sql
