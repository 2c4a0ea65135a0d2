#pragma once
#include "catalog/model/relation.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// CREATE VIEW or CREATE MATERIALIZED VIEW. Names its columns unless a star may stand for more of
/// them than are known. Empty where its query was never seen.
[[nodiscard]] SqlStatement createView(const Relation &view);
/// The defaults of a view's columns, which only ALTER VIEW gives.
[[nodiscard]] SqlStatements viewDefaults(const Relation &view);

} // namespace lockstep::ddl
