#pragma once
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

#include <string_view>
#include <vector>

namespace lockstep::effects {

/// Locks the sequences that columns of the table own in ACCESS EXCLUSIVE.
void lockOwnedSequences(const Relation &table, Collector &out);
/// Locks what changes its owner together with the relation, which is locked already.
void changeOwner(const Place &place, std::string_view owner, Collector &out);
/// The tables made with CREATE TABLE … OF this type.
[[nodiscard]] std::vector<const Relation *> typedTables(const Type &type, const Catalog &catalog);

} // namespace lockstep::effects
