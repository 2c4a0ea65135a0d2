#pragma once
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace lockstep::effects {

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

} // namespace lockstep::effects
