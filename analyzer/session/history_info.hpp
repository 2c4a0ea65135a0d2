#pragma once
#include <string>

namespace lockstep {

/// A history that was read, and how it was recognised.
struct HistoryInfo {
  std::string path;
  std::string framework;
  std::string execution;
  std::string detected_by;
};

} // namespace lockstep
