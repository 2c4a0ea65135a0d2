#pragma once
#include "ops/op.hpp"
#include "sql/layer.hpp"

#include <string_view>

namespace lockstep::sql {

/// Fills the bodies of the statement's DO blocks and functions with the SQL in them, as far as
/// PL/pgSQL and SQL are their languages. `text` is the file from byte `origin` on. No RawParse may
/// be alive on this thread.
void readBodies(Statement &statement, std::string_view text, uint32_t origin = 0);

} // namespace lockstep::sql
