#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

/// DROP of several objects at once: they may depend on each other.
[[nodiscard]] bool applyDrops(Change &change, const std::vector<Op> &ops);

} // namespace lockstep::catalog
