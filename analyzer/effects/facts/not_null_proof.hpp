#pragma once
#include "catalog/model/relation.hpp"
#include "effects/facts/alteration.hpp"
#include "effects/layer.hpp"

namespace lockstep::effects {

/// The valid CHECK of `table` that can only pass if `column` is not null, or null: SET NOT NULL
/// then skips its scan (NotNullImpliedByRelConstraints, tablecmds.c). A CHECK that `alter` drops
/// does not count: drops come first.
[[nodiscard]] const Constraint *notNullProof(const Relation &table, std::string_view column,
                                             const Alteration *alter);

/// True where `expression`, as a CHECK, can only pass if `column` is not null, by what PostgreSQL
/// itself can prove: NULL tests under AND, OR and NOT (predicate_implied_by, predtest.c, after
/// constant folding). A comparison proves nothing: a CHECK passes on null.
[[nodiscard]] bool impliesNotNull(const Expression &expression, std::string_view column);

} // namespace lockstep::effects
