#pragma once
#include "diag/finding.hpp"
#include "history/step.hpp"
#include "session/layer.hpp"
#include "session/sources.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lockstep::session {

/// A lock as the effects report tells it.
struct ReportedLock {
  std::string relation;
  LockMode mode = LockMode::none;
  std::string index_of; ///< Of an index: its table.
};

/// What one statement does to relations that others may be using.
struct StatementReport {
  std::string file;
  std::string migration;
  Range range;
  std::string kind;                  ///< PostgreSQL's node name.
  std::string sql;                   ///< On one line.
  std::vector<ReportedLock> locks;   ///< On relations that existed before the migration; sorted.
  std::vector<std::string> rewrites; ///< Relations that existed before the statement; sorted.
  std::vector<std::string> index_builds;
  std::vector<std::string> scans; ///< Relations that existed before the statement; sorted.
  bool in_transaction = true;     ///< False: the server refuses it in a transaction block.
  uint32_t unit = 0;
  uint32_t transaction = 0;
  std::string execution; ///< The unit's execution model.
  HeldUntil held_until = HeldUntil::statement;
  Duration duration = Duration::instant;
  std::vector<std::string> proofs;
  std::vector<std::string> assumptions;
};

/// What the statements of the migrations asked for do.
struct EffectsResult {
  int postgres = 0;
  std::vector<StatementReport> statements; ///< In the order of the deploy.
  std::vector<Notice> notices;
  uint32_t unanalyzed = 0;
  SourceMap sources;
};

} // namespace lockstep::session
