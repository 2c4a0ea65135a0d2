#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

#include <string>
#include <vector>

struct CollateClause;
struct List;
struct Node;
struct ObjectWithArgs;
struct RangeVar;
struct RoleSpec;
struct TypeName;

namespace lockstep::sql {

[[nodiscard]] QualifiedName relationName(const Lowering &at, const ::RangeVar *relation);
/// A name given as a list of strings; nothing but `where` tells where it stands.
[[nodiscard]] QualifiedName qualifiedName(const ::List *names, Range where = {});
[[nodiscard]] std::string lastName(const ::List *names);
[[nodiscard]] std::vector<std::string> stringList(const ::List *strings);
[[nodiscard]] std::string roleName(const ::RoleSpec *role);
[[nodiscard]] TypeName lowerType(const Lowering &at, const ::TypeName *type);
[[nodiscard]] QualifiedName lowerCollation(const Lowering &at, const ::CollateClause *clause);
/// Options in parentheses, or a sequence's, which stand in a row.
[[nodiscard]] std::vector<Option> lowerOptions(const Lowering &at, const ::List *options);
/// The value of an option as plain text: a name, a number, the content of a string.
[[nodiscard]] std::string optionText(const ::Node *value);
/// The option's boolean as PostgreSQL reads it (defGetBoolean): true where no value is given.
[[nodiscard]] bool optionIsOn(const Option &option);
/// Input types of a function, and whether the statement gives any list of them.
[[nodiscard]] std::vector<TypeName> argumentTypes(const Lowering &at,
                                                  const ::ObjectWithArgs *object);
[[nodiscard]] Persistence persistence(const ::RangeVar *relation);

} // namespace lockstep::sql
