#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

#include <string>

namespace lockstep::catalog {

// NOT NULL is a flag of the column; from PostgreSQL 18 on it is a constraint, too
// (pg_constraint.contype 'n'), with a name, a validity and an inheritance of its own.

/// How NOT NULL is set.
struct NotNullMode {
  std::string name; ///< Empty: generated.
  bool valid = true;
  bool no_inherit = false;
  bool only = false;
  bool for_key = false; ///< Of a primary key: ONLY leaves the children to theirs.
};

/// The NOT NULL constraint of a column, or null.
[[nodiscard]] const Constraint *findNotNull(const Relation &relation, std::string_view column);
/// Whether children inherit NOT NULL of the column.
[[nodiscard]] bool hasInheritableNotNull(const Relation &relation, const Column &column);

/// Sets NOT NULL on a column of a table that exists, and on its descendants' (ATExecSetNotNull,
/// tablecmds.c).
[[nodiscard]] bool setNotNull(Change &change, ObjectId table, const std::string &column,
                              const NotNullMode &mode, Range where);

/// The NOT NULLs that CREATE TABLE says of its own columns, also by keys, serial and identity;
/// merged with the inherited ones (AddRelationNotNullConstraints, heap.c, 18).
void addOwnNotNulls(const Change &change, Relation &table, const CreateTable &op);

/// Takes flag and constraint off one column.
void dropNotNull(Relation &relation, Column &column);

} // namespace lockstep::catalog
