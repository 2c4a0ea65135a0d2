#pragma once
#include "session/layer.hpp"

#include <string>

namespace lockstep::session {

/// A history that was read, and how it was recognised.
struct HistoryInfo {
  std::string path;
  std::string framework;
  std::string execution;
  std::string detected_by;
};

} // namespace lockstep::session
