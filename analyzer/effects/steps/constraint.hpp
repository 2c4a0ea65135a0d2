#pragma once
#include "effects/facts/alteration.hpp"
#include "effects/steps/collector.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// Scans the places that have rows of their own.
void scanRows(const std::vector<Place> &places, ScanReason reason, std::string_view constraint,
              Collector &out);

/// Adds UNIQUE, PRIMARY KEY or EXCLUDE: the table's index and, without `only`, those of its
/// partitions; NOT NULL of a primary key is the caller's affair.
void addIndexConstraint(const ConstraintDef &constraint, const Place &table, bool only,
                        Collector &out);

/// Makes the columns NOT NULL on all of `places`: scans what is not proved. True where something
/// was not.
void setNotNull(std::span<const std::string> columns, const std::vector<Place> &places,
                const Alteration &alter, Collector &out);

/// A foreign key that is added: what addForeignKey needs to know.
struct NewForeignKey {
  const ConstraintDef &constraint;
  const std::vector<Place> &places; ///< The referencing table, and its partitions.
  bool validates = true;            ///< Existing rows are checked.
  bool all_null = false;            ///< They are all null: the referenced table is not read.
  LockMode referenced_mode = LockMode::share_row_exclusive;
};
void addForeignKey(const NewForeignKey &key, Collector &out);

/// The two sides of a foreign key that is checked for all rows.
void validateForeignKey(const std::vector<Place> &referencing, const Place &referenced,
                        bool all_null, std::string_view constraint, Collector &out);

/// The table that a foreign key of the catalog references.
[[nodiscard]] std::optional<Place> referencedBy(const Constraint &constraint, Collector &out);

/// A relation and, where it is partitioned, its partitions.
[[nodiscard]] std::vector<Place> withPartitions(const Place &place, const Collector &out);

/// Locks that dropping a foreign key takes on the referenced table, whose triggers go, too
/// (RemoveTriggerById, trigger.c).
void lockReferencedOf(const Constraint &constraint, LockMode mode, Collector &out);

} // namespace lockstep
