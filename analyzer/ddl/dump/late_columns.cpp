#include "ddl/dump/late_columns.hpp"

#include "ddl/column.hpp"
#include "ddl/constraint.hpp"
#include "ddl/table.hpp"

#include <algorithm>

namespace lockstep::ddl {

/// True where `column` stands behind a column of the child's own.
static bool standsBehindOwn(const Relation &child, std::string_view column) {
  bool own = false;
  for (const Column &each : child.columns) {
    if (each.name == column)
      return own && isInherited(child, each);
    own = own || !isInherited(child, each);
  }
  return false;
}

/// True where every table below `parent` that INHERITS makes got `column` behind columns of its
/// own, and there is such a table.
static bool isLateBelow(const Catalog &catalog, const Relation &parent, std::string_view column) {
  bool late = false;
  for (const Relation *child : catalog.withDescendants(parent)) {
    if (child->id == parent.id || !inheritsAtOnce(*child))
      continue;
    if (!standsBehindOwn(*child, column))
      return false;
    late = true;
  }
  return late;
}

/// True where a key that stands in CREATE TABLE, or its partition key, needs the column there.
static bool isNeededAtOnce(const Relation &table, const std::string &column) {
  return std::any_of(
      table.constraints.begin(), table.constraints.end(), [&](const Constraint &constraint) {
        return constraint.kind != ConstraintKind::check && standsInTable(table, constraint) &&
               std::count(constraint.columns.begin(), constraint.columns.end(), column) != 0;
      });
}

std::vector<std::string> lateColumns(const Catalog &catalog, const Relation &table) {
  std::vector<std::string> names;
  if (table.children.empty() || table.kind != RelationKind::table || !table.of_type.empty())
    return names;
  // ADD COLUMN appends, so only the columns at the end can be late.
  for (size_t i = table.columns.size(); i-- > 0;) {
    const Column &column = table.columns[i];
    if (isInherited(table, column) || isNeededAtOnce(table, column.name) ||
        !isLateBelow(catalog, table, column.name))
      break;
    names.insert(names.begin(), column.name);
  }
  return names;
}

} // namespace lockstep::ddl
