#pragma once
#include "base/range.hpp"
#include "ops/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::ops {

/// A name as SQL gave it, after case folding and unquoting: "Users" and users differ.
struct QualifiedName {
  std::string schema; ///< Empty where the name is unqualified: search_path decides.
  std::string name;
  Range where;

  [[nodiscard]] bool empty() const { return name.empty(); }
  /// Same schema and name; where they stand does not matter.
  friend bool operator==(const QualifiedName &a, const QualifiedName &b) {
    return a.schema == b.schema && a.name == b.name;
  }
};

/// `name` as SQL spells it, in double quotes where PostgreSQL would need them.
[[nodiscard]] std::string quoteIdentifier(std::string_view name);
/// Names of columns and the like, each quoted where needed, with commas: "a, b".
[[nodiscard]] std::string identifierList(const std::vector<std::string> &names);
/// schema.name, each part quoted where needed.
[[nodiscard]] std::string sqlName(const QualifiedName &name);
[[nodiscard]] std::string sqlName(std::string_view schema, std::string_view name);
/// A string literal of `text`.
[[nodiscard]] std::string quoteLiteral(std::string_view text);

/// A type as SQL names it. Keyword types come as the grammar resolves them: integer is
/// pg_catalog.int4, varchar(20) is pg_catalog.varchar with modifier "20" (gram.y, SystemTypeName).
struct TypeName {
  std::string schema;
  std::string name;
  std::vector<std::string> modifiers; ///< SQL text of each: "10", "2"; interval: its field names.
  int array_dimensions = 0;
  bool is_set = false;       ///< SETOF.
  bool is_reference = false; ///< table.column%TYPE: schema is the relation, name the column.
  Range where;

  [[nodiscard]] bool empty() const { return name.empty(); }
  /// Same type with the same modifiers; where they stand does not matter.
  friend bool operator==(const TypeName &a, const TypeName &b) {
    return a.schema == b.schema && a.name == b.name && a.modifiers == b.modifiers &&
           a.array_dimensions == b.array_dimensions && a.is_set == b.is_set;
  }
};

/// The type as a person writes it: "varchar(20)", "timestamptz", "app.mood[]".
[[nodiscard]] std::string sqlType(const TypeName &type);

} // namespace lockstep::ops
