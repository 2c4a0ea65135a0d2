#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

/// A statement calls a function or procedure: where it may run DDL, the catalog is incomplete from
/// here. PostgreSQL's own functions and those of the extensions that ship with it run none.
void runFunction(Change &change, const QualifiedName &name, size_t arguments);

} // namespace lockstep::catalog
