#pragma once
#include "sql/layer.hpp"

namespace lockstep::sql {

/// The major version of PostgreSQL whose grammar is linked in.
[[nodiscard]] int grammarVersion();

} // namespace lockstep::sql
