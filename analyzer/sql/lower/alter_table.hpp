#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct AlterTableMoveAllStmt;
struct AlterTableStmt;

namespace lockstep::sql {

void lowerAlterTable(Lowering &at, const ::AlterTableStmt &node);
void lowerMoveAll(Lowering &at, const ::AlterTableMoveAllStmt &node);

} // namespace lockstep::sql
