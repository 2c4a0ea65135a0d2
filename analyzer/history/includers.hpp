#pragma once
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <vector>

namespace lockstep::history {

/// Drops the histories that plain files have alone where another history includes the file: it runs
/// there, and is reported on there, in the first that includes it. Those of a circle of inclusions
/// are left to the first of them. A history that the configuration declares stays.
void leaveToIncluders(std::vector<FoundHistory> &histories);

} // namespace lockstep::history
