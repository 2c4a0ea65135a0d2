#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

#include <string>

namespace lockstep::catalog {

/// How a constraint is added.
struct ConstraintMode {
  bool only = false;      ///< ALTER TABLE ONLY.
  bool new_table = false; ///< Within CREATE TABLE: no descendants, nothing to validate.
};

/// Adds a constraint to a table and, as its kind wants it, to the table's descendants: makes its
/// name, its index, the columns' NOT NULL.
[[nodiscard]] bool addConstraint(Change &change, ObjectId table, const ConstraintDef &definition,
                                 ConstraintMode mode);

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

/// Refuses a constraint that is known not to exist.
[[nodiscard]] bool requireConstraint(Change &change, const Relation &relation,
                                     const std::string &name, Range where);

/// True where `below` is what a child inherited of `above`.
[[nodiscard]] bool isInheritedFrom(const Catalog &catalog, const Constraint &below,
                                   const Constraint &above);

/// VALIDATE CONSTRAINT, on the children as well.
[[nodiscard]] bool validateConstraint(Change &change, const ValidateConstraint &op);

} // namespace lockstep::catalog
