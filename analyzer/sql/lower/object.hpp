#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

#include <string_view>

struct AlterObjectSchemaStmt;
struct AlterOwnerStmt;
struct CommentStmt;
struct DropRoleStmt;
struct DropStmt;
struct GrantStmt;
struct RenameStmt;

// What is said of objects of any kind (DROP, RENAME, COMMENT, GRANT …): each function adds the ops
// of its statement.

namespace lockstep::sql {

void lowerDrop(Lowering &at, const ::DropStmt &node);
void lowerDropRole(Lowering &at, const ::DropRoleStmt &node);
void addDrop(Lowering &at, ObjectKind kind, std::string_view name, bool if_exists, bool cascade);
void lowerRename(Lowering &at, const ::RenameStmt &node);
void lowerSetSchema(Lowering &at, const ::AlterObjectSchemaStmt &node);
void lowerOwner(Lowering &at, const ::AlterOwnerStmt &node);
void lowerComment(Lowering &at, const ::CommentStmt &node);
void lowerGrant(Lowering &at, const ::GrantStmt &node);
/// The same as a value, without its place: of ALTER DEFAULT PRIVILEGES.
[[nodiscard]] Grant lowerGrantOf(Lowering &at, const ::GrantStmt &node);

} // namespace lockstep::sql
