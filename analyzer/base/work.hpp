#pragma once
#include <cstddef>
#include <cstdint>

namespace lockstep::base {

/// Steps that loops of this thread have told so far. Nothing of the program depends on it: tests
/// hold it against the size of the input.
inline constinit thread_local uint64_t counted_steps = 0;

/// Tells that a loop takes this many steps. Called once for a loop that allocates nothing, where
/// its length and how often it is run both come from the input: whatever allocates is counted
/// without it.
inline void countWork(size_t steps) { counted_steps += steps; }

} // namespace lockstep::base
