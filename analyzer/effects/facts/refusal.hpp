#pragma once
#include "catalog/model/apply_result.hpp"
#include "catalog/model/catalog.hpp"
#include "effects/layer.hpp"

#include <optional>

namespace lockstep::effects {

/// What the server says to a change of a column's type that no cast allows, of its values or of its
/// default (ATPrepAlterColumnType and ATExecAlterColumnType, tablecmds.c); nothing where it may
/// work.
[[nodiscard]] std::optional<Refusal> refusedConversion(const AlterColumnType &op,
                                                       const Relation &table,
                                                       const Catalog &catalog, int postgres);

/// What the server says to an expression in a place that does not take such: a sub-select in a
/// DEFAULT or CHECK, something that is not immutable in a generation expression or an index.
/// Also forms that the grammar has and no server takes: DROP INDEX CONCURRENTLY of several, a
/// column twice in an INSERT. Nothing where it may work.
[[nodiscard]] std::optional<Refusal> refusedExpression(const Op &op, int postgres);

} // namespace lockstep::effects
