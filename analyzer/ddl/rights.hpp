#pragma once
#include "catalog/model/catalog.hpp"
#include "catalog/model/state.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

#include <string_view>

namespace lockstep::ddl {

// Owners and privileges of an object: ALTER … OWNER TO, then the REVOKEs and GRANTs that lead from
// what an object of its kind has when it is new (acldefault, acl.c) to what it has. An owner that
// is not known stands as CURRENT_USER.

/// Of a table, view or sequence, its columns last. A sequence that a column owns has that table's
/// owner.
[[nodiscard]] SqlStatements rightsOf(const Relation &relation, int postgres);
/// The privileges of one column.
[[nodiscard]] SqlStatements rightsOf(const Relation &relation, const Column &column);
[[nodiscard]] SqlStatements rightsOf(std::string_view schema, const SchemaEntry &entry,
                                     int postgres);
[[nodiscard]] SqlStatements rightsOf(const Type &type, int postgres);
[[nodiscard]] SqlStatements rightsOf(const Function &function, int postgres);
/// Of a foreign-data wrapper, foreign server or language; other kinds have none.
[[nodiscard]] SqlStatements rightsOf(const NamedObject &object, int postgres);

/// What ALTER DEFAULT PRIVILEGES said, as it was written.
[[nodiscard]] SqlStatements defaultRights(const Catalog &catalog);

} // namespace lockstep::ddl
