#pragma once
#include "history/timeline.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace lockstep {

/// How the migrations of a history stand among each other; see Standing.
class Standings {
public:
  /// Refers to its arguments.
  Standings(const History &history, const SimulationOptions &options);

  /// Of a migration, by one of its files as read.
  [[nodiscard]] Standing of(uint32_t migration, uint32_t file, std::string_view text,
                            const FileLayout &layout) const;

private:
  [[nodiscard]] bool lacksDown(const Migration &migration, const FileLayout &layout) const;

  const History &history_;
  const SimulationOptions &options_;
  std::vector<uint32_t> same_version_; ///< By migration: an earlier one, or itself.
  const Migration *last_outside_ = nullptr;
  bool has_down_files_ = false;
};

} // namespace lockstep
