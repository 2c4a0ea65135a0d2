#pragma once
#include <cstdint>

namespace lockstep::bench {

/// What the effects of many ops cost: definitions, changes and DML on a catalog of many tables,
/// which stays as it is.
struct EffectsCost {
  uint32_t tables = 0;
  uint64_t ops = 0;
  double cpu_seconds = 0;
};
[[nodiscard]] EffectsCost measureEffects(uint32_t tables, uint64_t ops);

} // namespace lockstep::bench
