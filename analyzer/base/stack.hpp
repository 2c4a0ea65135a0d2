#pragma once
#include "base/result.hpp"

#include <cstddef>
#include <functional>

namespace lockstep::base {

/// The stack that whatever we run has at least: what recursion is bounded for, in every thread.
constexpr size_t stack_size = size_t{8} << 20;

/// Calls `work` and returns what it does. Where the calling thread's stack may not grow to
/// `stack_size` (`ulimit -s`), or its growth can end the process because memory is limited
/// (`ulimit -v`), `work` runs on a thread of its own, whose stack is there from the start.
[[nodiscard]] Result<int> callWithStack(const std::function<int()> &work);

} // namespace lockstep::base
