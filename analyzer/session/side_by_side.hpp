#pragma once
#include "history/scripts.hpp"
#include "session/layer.hpp"

#include <cstddef>
#include <functional>
#include <span>

namespace lockstep::session {

/// Calls work(i) for each place of `sizes`, the largest first, on the pool's threads where there is
/// enough to do: sizes count files. Must not be called from such work.
void sideBySide(const PoolSource &pool, std::span<const size_t> sizes,
                const std::function<void(size_t)> &work);

} // namespace lockstep::session
