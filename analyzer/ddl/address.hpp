#pragma once
#include "catalog/model/relation.hpp"
#include "catalog/model/type.hpp"
#include "ddl/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::ddl {

/// A word of SQL in capitals.
[[nodiscard]] std::string upperCase(std::string_view word);
/// A role as SQL names it: PUBLIC, current_user and their kin are words, other names are quoted
/// where needed.
[[nodiscard]] std::string roleText(std::string_view role);

/// The word of a relation in ALTER and COMMENT: "TABLE", "MATERIALIZED VIEW".
[[nodiscard]] std::string_view relationWord(const Relation &relation);
/// "ALTER TABLE app.t "; with `only` "ALTER TABLE ONLY app.t ", which leaves children as they are.
[[nodiscard]] std::string alterTable(const Relation &table, bool only = false);

/// "FUNCTION", "PROCEDURE" or "AGGREGATE".
[[nodiscard]] std::string_view functionWord(const Function &function);
/// What tells a function from others of its name: "app.f(integer, VARIADIC text[])"; of an
/// aggregate without arguments "app.f(*)".
[[nodiscard]] std::string functionAddress(const Function &function);

} // namespace lockstep::ddl
