#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// What makes an object that the catalog keeps as SQL: the statements of the history, of an
/// extension and of statistics put together from what is known. Of a role, which is there for the
/// whole cluster, each in a block that lets be what is there.
[[nodiscard]] SqlStatements createNamed(const Catalog &catalog, const NamedObject &object);

} // namespace lockstep::ddl
