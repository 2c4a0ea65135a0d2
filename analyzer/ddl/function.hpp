#pragma once
#include "catalog/model/type.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// CREATE FUNCTION, PROCEDURE or AGGREGATE; of an aggregate, the statement that made it. Empty
/// where the definition was never seen.
[[nodiscard]] SqlStatement createFunction(const Function &function);

} // namespace lockstep::ddl
