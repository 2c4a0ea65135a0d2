#pragma once
#include "ops/alter_table.hpp"
#include "ops/data.hpp"
#include "ops/index.hpp"
#include "ops/object.hpp"
#include "ops/table.hpp"
#include "ops/transaction.hpp"

#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace lockstep {

/// The kinds of Op.
using OpVariant = std::variant<
    Unmodelled, NoEffect, CreateTable, CreateTableAs, AddColumn, DropColumn, AlterColumnType,
    SetDefault, SetNotNull, DropNotNull, SetGenerationExpression, DropGenerationExpression,
    AddIdentity, SetIdentity, DropIdentity, AddConstraint, ValidateConstraint, AlterConstraint,
    DropConstraint, AttachPartition, DetachPartition, SetInheritance, AlterTableSetting,
    MoveAllInTablespace, CreateIndex, Reindex, Cluster, Vacuum, Insert, Update, Delete, Merge,
    Select, Copy, Truncate, LockTable, TransactionControl, SetVariable, DropObject, RenameObject,
    SetSchema, CreateView, RefreshMaterializedView, CreateSequence, AlterSequence, CreateSchema,
    CreateEnum, AddEnumValue, RenameEnumValue, CreateDomain, AlterDomain, CreateCompositeType,
    AlterCompositeType, CreateBaseType, CreateFunction, AlterFunction, CreateTrigger, CreatePolicy,
    AlterPolicy, CreateRule, CreateStatistics, DoBlock, CreateExtension, Comment, Grant,
    ChangeOwner, Publication, ObjectDdl, Call>;

/// True for a kind of Op.
template <class T, class Variant> inline constexpr bool is_alternative = false;
template <class T, class... Kinds>
inline constexpr bool is_alternative<T, std::variant<Kinds...>> = (std::is_same_v<T, Kinds> || ...);

/// One thing that SQL does. An ALTER TABLE with three subcommands is three ops; inline and
/// table-level constraints of ADD become the same op.
///
/// What copies, moves and destroys all kinds is compiled once, in op.cpp, and not with each file
/// that holds an Op.
struct Op : OpVariant {
  Op();
  template <class Kind>
    requires is_alternative<std::remove_cvref_t<Kind>, OpVariant>
  Op(Kind &&kind) : OpVariant(std::forward<Kind>(kind)) {}
  Op(const Op &other);
  Op(Op &&other) noexcept;
  Op &operator=(const Op &other);
  Op &operator=(Op &&other) noexcept;
  ~Op();
};

/// A statement of a file: its ops in the order they were written.
struct Statement {
  Range range;           ///< First to last token, without the semicolon.
  std::string_view kind; ///< PostgreSQL's node name, e.g. "AlterTableStmt"; a static string.
  std::vector<Op> ops;

  Statement();
  Statement(const Statement &other);
  Statement(Statement &&other) noexcept;
  Statement &operator=(const Statement &other);
  Statement &operator=(Statement &&other) noexcept;
  ~Statement();
};

/// Where the op itself stands: the subcommand of ALTER TABLE, the name of a dropped object, else
/// the statement.
[[nodiscard]] Range whereOf(const Op &op);
/// The subcommand's AlterTarget, or null for an op that is none.
[[nodiscard]] const AlterTarget *alterTargetOf(const Op &op);

} // namespace lockstep
