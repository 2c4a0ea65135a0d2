#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::test {

/// What is wrong with a JSON text by a schema file, one line a fault; empty where it is valid.
///
/// Knows the part of JSON Schema that the schemas here use: type, const, enum, required,
/// properties, additionalProperties, items, minimum, anyOf and $ref to #/$defs; any other keyword
/// that could refuse something is a fault itself.
[[nodiscard]] std::vector<std::string> schemaFaults(const std::filesystem::path &schema,
                                                    std::string_view json);

} // namespace lockstep::test
