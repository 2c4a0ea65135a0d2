#pragma once
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lockstep::history {

/// Drops the histories that plain files have alone where another history includes the file: it runs
/// there, and is reported on there, in the first that includes it. Those of a circle of inclusions
/// are left to the first of them. A history that the configuration declares stays.
void leaveToIncluders(std::vector<FoundHistory> &histories);

/// Asks for what a wanted file includes, whatever it is called and wherever it stands: nothing else
/// would show what the migration does. What several include is asked for where it runs first; what
/// `is_excluded` is not.
void wantIncluded(std::vector<FoundHistory> &histories,
                  const std::function<bool(const std::string &path)> &is_excluded);

} // namespace lockstep::history
