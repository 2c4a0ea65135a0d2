#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

[[nodiscard]] bool addColumnConstraints(Change &change, const AddColumn &op, bool keys);

} // namespace lockstep::catalog
