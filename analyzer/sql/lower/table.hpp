#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct ColumnDef;
struct Constraint;
struct CreateForeignTableStmt;
struct CreateStmt;
struct CreateTableAsStmt;
struct IntoClause;
struct Node;
struct PartitionBoundSpec;

// Tables and the parts of their definitions; a function for a statement adds its ops.

namespace lockstep::sql {

/// `end` is the token after the definition.
[[nodiscard]] ColumnDef lowerColumnDef(Lowering &at, const ::ColumnDef &node, size_t end);
[[nodiscard]] ConstraintDef lowerConstraint(Lowering &at, const ::Constraint &node, Range where);
[[nodiscard]] PartitionBound lowerBound(Lowering &at, const ::PartitionBoundSpec *node);
[[nodiscard]] Identity identityOf(char generated_when);

CreateTable &lowerCreateTable(Lowering &at, const ::CreateStmt &node);
void lowerForeignTable(Lowering &at, const ::CreateForeignTableStmt &node);
void lowerCreateTableAs(Lowering &at, const ::CreateTableAsStmt &node);
/// Fills in the target and the query of `table`, and adds it.
void lowerInto(Lowering &at, const ::IntoClause &into, const ::Node *source, Range where,
               CreateTableAs &&table);

} // namespace lockstep::sql
