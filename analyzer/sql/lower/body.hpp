#pragma once
#include "ops/op.hpp"
#include "sql/layer.hpp"

#include <string_view>
#include <vector>

namespace lockstep::sql {

/// Fills the bodies of the statement's DO blocks and functions with the SQL in them, as far as
/// PL/pgSQL and SQL are their languages. `text` is the whole file. Adds to `cut` the ranges of
/// statements inside of which parts lie too deep. No RawParse may be alive on this thread.
void readBodies(Statement &statement, std::string_view text, std::vector<Range> &cut);

} // namespace lockstep::sql
