#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

#include <string>
#include <vector>

struct Node;

namespace lockstep::sql {

/// An object as DROP, RENAME, COMMENT and others name it.
struct ObjectName {
  QualifiedName name; ///< The object, or what `part` belongs to.
  std::string part;   ///< A column, constraint, trigger, policy or rule.
  std::vector<TypeName> arguments;
  bool has_arguments = false;
};
[[nodiscard]] ObjectKind objectKind(int object_type); ///< Of PostgreSQL's ObjectType.
[[nodiscard]] ObjectName objectName(const Lowering &at, ObjectKind kind, const ::Node *node);
/// After the words that name a kind of object, such as TEXT SEARCH PARSER; `index` is the first.
[[nodiscard]] size_t skipKind(const StatementTokens &tokens, size_t index);

} // namespace lockstep::sql
