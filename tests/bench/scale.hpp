#pragma once
#include <cstdint>

namespace lockstep::bench {

/// What the simulated catalog of a long history costs, with a snapshot kept of every migration.
struct ScaleCost {
  uint64_t tables = 0;
  uint64_t columns = 0;
  double apply_seconds = 0;    ///< CPU: applying all statements, and taking the snapshots.
  uint64_t catalog_bytes = 0;  ///< Heap of the last catalog.
  uint64_t snapshot_bytes = 0; ///< Heap that all snapshots hold on top of it.
};

/// Applies a history of `migrations` migrations: every second one makes a table of nine columns,
/// the others add a column, a constraint or an index to one that is there.
[[nodiscard]] ScaleCost measureScale(uint32_t migrations);

} // namespace lockstep::bench
