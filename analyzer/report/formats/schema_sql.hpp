#pragma once
#include "report/layer.hpp"
#include "session/schema_result.hpp"

#include <string>

namespace lockstep::report {

/// The SQL of all histories, with what is not known of them as comments; of a change, the lines in
/// which the SQL before and after it differ. Safe to show: see sealSql().
[[nodiscard]] std::string renderSchemaSql(const SchemaResult &result);

} // namespace lockstep::report
