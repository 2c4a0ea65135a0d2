#pragma once
#include "report/layer.hpp"
#include "session/schema_result.hpp"

#include <string>

namespace lockstep::report {

/// The stable document of schemas/schema.schema.json.
[[nodiscard]] std::string renderSchemaJson(const SchemaResult &result);

} // namespace lockstep::report
