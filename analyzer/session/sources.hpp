#pragma once
#include "base/source_file.hpp"
#include "session/layer.hpp"

#include <map>
#include <memory>
#include <string>

namespace lockstep::session {

/// The files that findings and notices speak of, by path as shown to the user.
using SourceMap = std::map<std::string, std::shared_ptr<const SourceFile>>;

} // namespace lockstep::session
