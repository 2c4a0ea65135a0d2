#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// CREATE SEQUENCE. Empty for the sequence of an identity, which is part of its column.
[[nodiscard]] SqlStatement createSequence(const Relation &sequence);
/// OWNED BY, where a column of a table owns the sequence.
[[nodiscard]] SqlStatements setSequenceOwner(const Catalog &catalog, const Relation &sequence);
/// The options of a sequence, each with a blank before it: " START WITH 5 CYCLE".
[[nodiscard]] std::string sequenceOptions(const SequenceInfo &sequence);

} // namespace lockstep::ddl
