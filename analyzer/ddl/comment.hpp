#pragma once
#include "catalog/model/catalog.hpp"
#include "catalog/model/state.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

#include <string_view>

namespace lockstep::ddl {

// COMMENT ON an object and its parts, for those that have a comment.

[[nodiscard]] SqlStatements commentsOn(std::string_view schema, const SchemaEntry &entry);
[[nodiscard]] SqlStatements commentsOn(const Type &type);
[[nodiscard]] SqlStatements commentsOn(const Function &function);
/// With those on its columns, constraints, triggers, policies and rules.
[[nodiscard]] SqlStatements commentsOn(const Relation &relation);
/// Nothing for kinds whose address takes more than a name, such as casts and operators.
[[nodiscard]] SqlStatements commentsOn(const NamedObject &object);

} // namespace lockstep::ddl
