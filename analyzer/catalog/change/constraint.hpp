#pragma once
#include "catalog/change/change.hpp"

#include <string>

namespace lockstep {

/// How a constraint is added.
struct ConstraintMode {
  bool only = false;      ///< ALTER TABLE ONLY.
  bool new_table = false; ///< Within CREATE TABLE: no descendants, nothing to validate.
};

/// Adds a constraint to a table and, as its kind wants it, to the table's descendants: makes its
/// name, its index, the columns' NOT NULL.
[[nodiscard]] bool addConstraint(Change &change, ObjectId table, const ConstraintDef &definition,
                                 ConstraintMode mode);

/// FOREIGN KEY, a part of addConstraint.
[[nodiscard]] bool addForeignKey(Change &change, ObjectId table, const ConstraintDef &definition,
                                 ConstraintMode mode);
/// Gives the partitions of `table` their part of its foreign key `constraint`.
void cloneForeignKey(Change &change, ObjectId partition, const Constraint &constraint);

/// UNIQUE, PRIMARY KEY and EXCLUDE, a part of addConstraint.
[[nodiscard]] bool addKey(Change &change, ObjectId table, const ConstraintDef &definition,
                          ConstraintMode mode);
/// Makes the constraint that belongs to an index of a key constraint, and those of its partitions.
void addKeyConstraint(Change &change, ObjectId index, const Constraint &pattern, bool inherited);

/// Gives a child its copy of a parent's CHECK constraint, or merges it with its own of the same
/// name; likewise below the child.
[[nodiscard]] bool inheritCheck(Change &change, ObjectId child, const Constraint &constraint,
                                Range where);

/// What all kinds take over from the definition.
[[nodiscard]] Constraint constraintOf(const Change &change, const ConstraintDef &definition);
/// Refuses a name that another constraint of the table has.
[[nodiscard]] bool requireFreeConstraint(Change &change, const Relation &relation,
                                         const std::string &name, Range where);
/// Puts a constraint in; one of the same name, which may only be there, gives way.
Constraint &putConstraint(Relation &relation, Constraint constraint);

} // namespace lockstep
