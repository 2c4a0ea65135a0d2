#pragma once
#include <cstdint>

namespace lockstep::growth {

/// What a program has done, counted: the same in each run on the same input.
struct Work {
  uint64_t allocations = 0;
  uint64_t bytes = 0; ///< Asked for, all allocations together.
  uint64_t peak = 0;  ///< Bytes that were in use at the same time.
};

/// Counts from here on. Allocations by libpg_query and by the C++ library are counted like ours.
void beginCounting();
/// Since then.
[[nodiscard]] Work countedWork();

} // namespace lockstep::growth
