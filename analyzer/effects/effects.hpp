#pragma once
#include "effects/facts/effect.hpp"
#include "effects/layer.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lockstep::effects {

/// What the server does for `statement` when the catalog before it is `before`.
///
/// Locks of ALTER TABLE are those of the whole statement, each given to the op that needs it; all
/// are taken at its start in the strongest mode over all subcommands (tablecmds.c,
/// AlterTableGetLockLevel), which `total` tells.
[[nodiscard]] StatementEffects effectsOf(const Statement &statement, const Catalog &before,
                                         const EffectOptions &options);

} // namespace lockstep::effects
