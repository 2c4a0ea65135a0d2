#pragma once
#include "catalog/model/catalog.hpp"
#include "diag/finding.hpp"
#include "session/history_info.hpp"
#include "session/layer.hpp"
#include "session/sources.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lockstep::session {

/// What a history leaves behind.
struct HistorySchema {
  HistoryInfo history;
  Catalog catalog;
  /// Where the change between two migrations is asked for: what was there before it.
  std::optional<Catalog> before;
  std::string from; ///< The versions, as asked for.
  std::string to;
};

/// What each of the histories asked for leaves behind.
struct SchemaResult {
  int postgres = 0;
  std::vector<HistorySchema> histories;
  std::vector<Notice> notices;
  SourceMap sources;
};

} // namespace lockstep::session
