#pragma once
#include "catalog/catalog.hpp"
#include "report/input.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lockstep {

/// What a history leaves behind.
struct HistorySchema {
  HistoryInfo history;
  Catalog catalog;
  /// Where the change between two migrations is asked for: what was there before it.
  std::optional<Catalog> before;
  std::string from; ///< The versions, as asked for.
  std::string to;
};

struct SchemaResult {
  int postgres = 0;
  std::vector<HistorySchema> histories;
  std::vector<Notice> notices;
  SourceMap sources;
};

/// A catalog as SQL that PostgreSQL accepts, in an order that loads into an empty database.
[[nodiscard]] std::string schemaSql(const Catalog &catalog, int postgres);
/// The SQL of all histories, with what is not known of them as comments; of a change, the lines in
/// which the SQL before and after it differ.
[[nodiscard]] std::string renderSchemaSql(const SchemaResult &result);

/// The stable document of schemas/schema.schema.json.
[[nodiscard]] std::string renderSchemaJson(const SchemaResult &result);

} // namespace lockstep
