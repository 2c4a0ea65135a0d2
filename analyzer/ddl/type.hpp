#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// CREATE TYPE or CREATE DOMAIN, with a domain's constraints that are valid.
[[nodiscard]] SqlStatement createType(const Catalog &catalog, const Type &type);
/// The shell of a base type, which its functions need before it is there.
[[nodiscard]] SqlStatement createShellType(const Type &type);
/// The constraints of a domain that are NOT VALID, which CREATE DOMAIN does not take.
[[nodiscard]] SqlStatements addInvalidConstraints(const Catalog &catalog, const Type &domain);

} // namespace lockstep::ddl
