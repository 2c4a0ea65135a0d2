#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct AlterFunctionStmt;
struct CreateFunctionStmt;
struct DoStmt;

namespace lockstep::sql {

void lowerCreateFunction(Lowering &at, const ::CreateFunctionStmt &node);
void lowerAlterFunction(Lowering &at, const ::AlterFunctionStmt &node);
void lowerDo(Lowering &at, const ::DoStmt &node);

} // namespace lockstep::sql
