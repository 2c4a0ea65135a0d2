#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct CopyStmt;
struct DeclareCursorStmt;
struct DeleteStmt;
struct ExecuteStmt;
struct ExplainStmt;
struct InsertStmt;
struct LockStmt;
struct MergeStmt;
struct PrepareStmt;
struct SelectStmt;
struct TruncateStmt;
struct UpdateStmt;

// Queries, changes of rows and what runs them: each function adds the ops of its statement.

namespace lockstep::sql {

void lowerSelect(Lowering &at, const ::SelectStmt &node);
void lowerInsert(Lowering &at, const ::InsertStmt &node);
void lowerUpdate(Lowering &at, const ::UpdateStmt &node);
void lowerDelete(Lowering &at, const ::DeleteStmt &node);
void lowerMerge(Lowering &at, const ::MergeStmt &node);
void lowerCopy(Lowering &at, const ::CopyStmt &node);
void lowerTruncate(Lowering &at, const ::TruncateStmt &node);
void lowerLock(Lowering &at, const ::LockStmt &node);
void lowerExplain(Lowering &at, const ::ExplainStmt &node);
void lowerPrepare(Lowering &at, const ::PrepareStmt &node);
void lowerExecute(Lowering &at, const ::ExecuteStmt &node);
void lowerDeclareCursor(Lowering &at, const ::DeclareCursorStmt &node);

} // namespace lockstep::sql
