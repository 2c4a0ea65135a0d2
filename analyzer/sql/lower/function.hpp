#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct AlterFunctionStmt;
struct CreateFunctionStmt;
struct DoStmt;

// Functions, procedures and DO: each function adds the ops of its statement.

namespace lockstep::sql {

void lowerCreateFunction(Lowering &at, const ::CreateFunctionStmt &node);
void lowerAlterFunction(Lowering &at, const ::AlterFunctionStmt &node);
void lowerDo(Lowering &at, const ::DoStmt &node);

} // namespace lockstep::sql
