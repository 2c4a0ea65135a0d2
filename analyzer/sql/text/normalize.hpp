#pragma once
#include "sql/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::sql {

/// `sql` with literals, comments, blanks and letter case of keywords evened out: the text that a
/// fingerprint is made of.
[[nodiscard]] std::string normalizeSql(std::string_view sql);

} // namespace lockstep::sql
