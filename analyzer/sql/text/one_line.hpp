#pragma once
#include "sql/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::sql {

/// SQL on one line: comments go, runs of blanks become one; a literal's line break becomes a blank.
[[nodiscard]] std::string oneLine(std::string_view sql);

} // namespace lockstep::sql
