#pragma once
#include "session/schema_result.hpp"

#include <string>

namespace lockstep {

/// The stable document of schemas/schema.schema.json.
[[nodiscard]] std::string renderSchemaJson(const SchemaResult &result);

} // namespace lockstep
