#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct AlterTableMoveAllStmt;
struct AlterTableStmt;

// ALTER TABLE and its kin: each function adds the ops of its statement.

namespace lockstep::sql {

void lowerAlterTable(Lowering &at, const ::AlterTableStmt &node);
void lowerMoveAll(Lowering &at, const ::AlterTableMoveAllStmt &node);

} // namespace lockstep::sql
