#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/catalog.hpp"

namespace lockstep::catalog {

/// The query as a view stores it: a star means the columns that there are now, whatever is added
/// later. A star over something whose columns are not known stays.
[[nodiscard]] Query storedQuery(const Catalog &catalog, const Query &query);

} // namespace lockstep::catalog
