#pragma once
#include "effects/facts/alteration.hpp"
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::effects {

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

/// Whether all rows of a table that is known have a value in the column.
[[nodiscard]] bool isNotNull(const Place &place, std::string_view column);

} // namespace lockstep::effects
