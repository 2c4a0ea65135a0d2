#pragma once
#include "report/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::report {

/// The lines in which two texts differ, as `diff -u` shows them, without its heading; empty where
/// they are the same.
[[nodiscard]] std::string lineDiff(std::string_view before, std::string_view after);

} // namespace lockstep::report
