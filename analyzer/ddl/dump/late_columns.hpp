#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"

#include <string>
#include <vector>

namespace lockstep::ddl {

/// The columns that `table` got only after tables that inherit from it had columns of their own: to
/// stand behind these again, they must be added when those tables are there.
[[nodiscard]] std::vector<std::string> lateColumns(const Catalog &catalog, const Relation &table);

} // namespace lockstep::ddl
