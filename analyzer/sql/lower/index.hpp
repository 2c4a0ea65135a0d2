#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct ClusterStmt;
struct IndexElem;
struct IndexStmt;
struct ReindexStmt;
struct VacuumStmt;

// Indexes and maintenance: each function adds the ops of its statement.

namespace lockstep::sql {

[[nodiscard]] IndexElement lowerIndexElement(Lowering &at, const ::IndexElem &node);

void lowerIndex(Lowering &at, const ::IndexStmt &node);
void lowerReindex(Lowering &at, const ::ReindexStmt &node);
void lowerCluster(Lowering &at, const ::ClusterStmt &node);
void lowerVacuum(Lowering &at, const ::VacuumStmt &node);

} // namespace lockstep::sql
