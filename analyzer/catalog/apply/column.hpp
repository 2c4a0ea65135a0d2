#pragma once
#include "catalog/change/change.hpp"

namespace lockstep {

[[nodiscard]] bool addColumnConstraints(Change &change, const AddColumn &op, bool keys);

} // namespace lockstep
