#pragma once
#include "sql/query/lowering.hpp"

struct AlterTableMoveAllStmt;
struct AlterTableStmt;

namespace lockstep {

void lowerAlterTable(Lowering &at, const ::AlterTableStmt &node);
void lowerMoveAll(Lowering &at, const ::AlterTableMoveAllStmt &node);

} // namespace lockstep
