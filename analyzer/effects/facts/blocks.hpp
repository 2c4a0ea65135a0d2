#pragma once
#include "effects/layer.hpp"
#include "ops/data.hpp"

namespace lockstep::effects {

/// What others cannot do on a relation while a lock on it is held.
struct Blocks {
  bool reads = false;  ///< SELECT.
  bool writes = false; ///< INSERT, UPDATE, DELETE, MERGE; SELECT FOR UPDATE under EXCLUSIVE.
  bool ddl = false;    ///< ALTER TABLE, CREATE INDEX, VACUUM and the like.
};

/// The conflict table of the documentation, section 13.3.1: SELECT takes ACCESS SHARE, a write ROW
/// EXCLUSIVE, and SHARE UPDATE EXCLUSIVE is the weakest mode that schema changes take.
[[nodiscard]] constexpr Blocks blocksOf(LockMode mode) {
  return {mode == LockMode::access_exclusive, mode >= LockMode::share,
          mode >= LockMode::share_update_exclusive};
}

} // namespace lockstep::effects
