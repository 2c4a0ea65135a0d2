#pragma once
#include "effects/layer.hpp"
#include "ops/op.hpp"

namespace lockstep::effects {

/// The strongest mode over the subcommands, in which the server takes the table at the start
/// (AlterTableGetLockLevel, tablecmds.c).
[[nodiscard]] LockMode lockLevel(const Statement &statement);
/// The mode that a subcommand needs on its table; `none` for an op that is none.
[[nodiscard]] LockMode lockLevel(const Op &op);

} // namespace lockstep::effects
