#pragma once
#include "history/timeline.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace lockstep {

/// A transaction while the simulation runs it. Every transaction of a simulation is one.
struct RunningTransaction : Transaction {
  /// Places in `locks` by the relation's name: a statement asks for those of its own relations
  /// among the many of the transaction.
  std::unordered_map<std::string, std::vector<uint32_t>> locks_of;
};

} // namespace lockstep
