#pragma once
#include "ops/alter_table.hpp"
#include "ops/data.hpp"
#include "ops/index.hpp"
#include "ops/object.hpp"
#include "ops/table.hpp"
#include "ops/transaction.hpp"

#include <string_view>
#include <variant>
#include <vector>

namespace lockstep {

/// One thing that SQL does. An ALTER TABLE with three subcommands is three ops; inline and
/// table-level constraints of ADD become the same op.
using Op = std::variant<
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

/// A statement of a file: its ops in the order they were written.
struct Statement {
  Range range;           ///< First to last token, without the semicolon.
  std::string_view kind; ///< PostgreSQL's node name, e.g. "AlterTableStmt"; a static string.
  std::vector<Op> ops;
};

/// Where the op itself stands: the subcommand of ALTER TABLE, the name of a dropped object, else
/// the statement.
[[nodiscard]] Range whereOf(const Op &op);
/// The subcommand's AlterTarget, or null for an op that is none.
[[nodiscard]] const AlterTarget *alterTargetOf(const Op &op);

} // namespace lockstep
