#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"

#include <string>

namespace lockstep::ddl {

/// A catalog as SQL that PostgreSQL accepts, in an order that loads into an empty database: objects
/// first, each after what it is made of, then what ties them together (SqlPhase).
[[nodiscard]] std::string schemaSql(const Catalog &catalog, int postgres);

} // namespace lockstep::ddl
