#pragma once
#include "catalog/catalog.hpp"
#include "report/input.hpp"

#include <string>
#include <vector>

namespace lockstep {

/// What a history leaves behind.
struct HistorySchema {
  HistoryInfo history;
  Catalog catalog;
};

struct SchemaResult {
  int postgres = 0;
  std::vector<HistorySchema> histories;
  std::vector<Notice> notices;
  SourceMap sources;
};

/// The stable document of schemas/schema.schema.json.
[[nodiscard]] std::string renderSchemaJson(const SchemaResult &result);

} // namespace lockstep
