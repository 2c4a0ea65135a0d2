#pragma once
#include "catalog/catalog.hpp"
#include "session/schema_result.hpp"

#include <string>

namespace lockstep {

/// A catalog as SQL that PostgreSQL accepts, in an order that loads into an empty database.
[[nodiscard]] std::string schemaSql(const Catalog &catalog, int postgres);
/// The SQL of all histories, with what is not known of them as comments; of a change, the lines in
/// which the SQL before and after it differ.
[[nodiscard]] std::string renderSchemaSql(const SchemaResult &result);

/// The stable document of schemas/schema.schema.json.
[[nodiscard]] std::string renderSchemaJson(const SchemaResult &result);

} // namespace lockstep
