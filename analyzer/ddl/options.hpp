#pragma once
#include "ddl/layer.hpp"
#include "ops/table.hpp"

#include <string>
#include <vector>

namespace lockstep::ddl {

/// Options in the form of WITH (…): "fillfactor=70, autovacuum_enabled=false".
[[nodiscard]] std::string optionList(const std::vector<Option> &options);

/// Options in the form of OPTIONS (…), which foreign tables and their kin have: "host 'a'".
[[nodiscard]] std::string genericOptions(const std::vector<Option> &options);

} // namespace lockstep::ddl
