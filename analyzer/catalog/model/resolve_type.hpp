#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/catalog.hpp"

#include <optional>

namespace lockstep::catalog {

/// A type name, resolved as the server does under search_path.
struct ResolvedType {
  TypeName type;                            ///< With its schema, where it is known.
  ObjectId id = ObjectId::none;             ///< A type of the catalog.
  ObjectId row_of = ObjectId::none;         ///< The relation whose row type it is.
  Knowledge knowledge = Knowledge::unknown; ///< `known` also for PostgreSQL's own types.
};

[[nodiscard]] ResolvedType resolveType(const Catalog &catalog, const TypeName &type, int postgres);

/// The integer type below serial, bigserial and smallserial (transformColumnDefinition,
/// parse_utilcmd.c); nullopt for any other type.
[[nodiscard]] std::optional<TypeName> serialType(const TypeName &type);

} // namespace lockstep::catalog
