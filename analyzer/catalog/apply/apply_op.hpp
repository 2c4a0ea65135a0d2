#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

// What each op does to the catalog: one overload an op, grouped by the file that holds them. False:
// refused.

namespace lockstep::catalog {

// table.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateTable &op);

// view.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateTableAs &op);
[[nodiscard]] bool applyOp(Change &change, const CreateView &op);
[[nodiscard]] bool applyOp(Change &change, const RefreshMaterializedView &op);

// column.cpp
[[nodiscard]] bool applyOp(Change &change, const AddColumn &op);
[[nodiscard]] bool applyOp(Change &change, const DropColumn &op);
[[nodiscard]] bool applyOp(Change &change, const AlterColumnType &op);
[[nodiscard]] bool applyOp(Change &change, const SetDefault &op);
[[nodiscard]] bool applyOp(Change &change, const SetNotNull &op);
[[nodiscard]] bool applyOp(Change &change, const DropNotNull &op);
[[nodiscard]] bool applyOp(Change &change, const SetGenerationExpression &op);
[[nodiscard]] bool applyOp(Change &change, const DropGenerationExpression &op);

// identity.cpp
[[nodiscard]] bool applyOp(Change &change, const AddIdentity &op);
[[nodiscard]] bool applyOp(Change &change, const SetIdentity &op);
[[nodiscard]] bool applyOp(Change &change, const DropIdentity &op);

// constraint.cpp
[[nodiscard]] bool applyOp(Change &change, const AddConstraint &op);
[[nodiscard]] bool applyOp(Change &change, const ValidateConstraint &op);
[[nodiscard]] bool applyOp(Change &change, const AlterConstraint &op);
[[nodiscard]] bool applyOp(Change &change, const DropConstraint &op);

// partition.cpp
[[nodiscard]] bool applyOp(Change &change, const AttachPartition &op);
[[nodiscard]] bool applyOp(Change &change, const DetachPartition &op);
[[nodiscard]] bool applyOp(Change &change, const SetInheritance &op);

// alter_table.cpp
[[nodiscard]] bool applyOp(Change &change, const AlterTableSetting &op);
[[nodiscard]] bool applyOp(Change &change, const MoveAllInTablespace &op);

// index.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateIndex &op);
[[nodiscard]] bool applyOp(Change &change, const Reindex &op);
[[nodiscard]] bool applyOp(Change &change, const Cluster &op);

// drop.cpp
[[nodiscard]] bool applyOp(Change &change, const DropObject &op);

// rename.cpp
[[nodiscard]] bool applyOp(Change &change, const RenameObject &op);
[[nodiscard]] bool applyOp(Change &change, const SetSchema &op);
[[nodiscard]] bool applyOp(Change &change, const ChangeOwner &op);

// sequence.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateSequence &op);
[[nodiscard]] bool applyOp(Change &change, const AlterSequence &op);

// type.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateEnum &op);
[[nodiscard]] bool applyOp(Change &change, const AddEnumValue &op);
[[nodiscard]] bool applyOp(Change &change, const RenameEnumValue &op);
[[nodiscard]] bool applyOp(Change &change, const CreateDomain &op);
[[nodiscard]] bool applyOp(Change &change, const AlterDomain &op);
[[nodiscard]] bool applyOp(Change &change, const CreateCompositeType &op);
[[nodiscard]] bool applyOp(Change &change, const AlterCompositeType &op);
[[nodiscard]] bool applyOp(Change &change, const CreateBaseType &op);

// function.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateFunction &op);
[[nodiscard]] bool applyOp(Change &change, const AlterFunction &op);
[[nodiscard]] bool applyOp(Change &change, const CreateTrigger &op);
[[nodiscard]] bool applyOp(Change &change, const CreatePolicy &op);
[[nodiscard]] bool applyOp(Change &change, const AlterPolicy &op);
[[nodiscard]] bool applyOp(Change &change, const CreateRule &op);

// schema.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateSchema &op);

// named.cpp
[[nodiscard]] bool applyOp(Change &change, const CreateExtension &op);
[[nodiscard]] bool applyOp(Change &change, const CreateStatistics &op);
[[nodiscard]] bool applyOp(Change &change, const Publication &op);
[[nodiscard]] bool applyOp(Change &change, const ObjectDdl &op);

// comment.cpp
[[nodiscard]] bool applyOp(Change &change, const Comment &op);

// grant.cpp
[[nodiscard]] bool applyOp(Change &change, const Grant &op);

// data.cpp
[[nodiscard]] bool applyOp(Change &change, const Insert &op);
[[nodiscard]] bool applyOp(Change &change, const Update &op);
[[nodiscard]] bool applyOp(Change &change, const Delete &op);
[[nodiscard]] bool applyOp(Change &change, const Merge &op);
[[nodiscard]] bool applyOp(Change &change, const Select &op);
[[nodiscard]] bool applyOp(Change &change, const Copy &op);
[[nodiscard]] bool applyOp(Change &change, const Truncate &op);

// settings.cpp
[[nodiscard]] bool applyOp(Change &change, const SetVariable &op);

// block.cpp
[[nodiscard]] bool applyOp(Change &change, const DoBlock &op);
[[nodiscard]] bool applyOp(Change &change, const Call &op);

// These change nothing that the catalog holds.
[[nodiscard]] inline bool applyOp(Change &, const Unmodelled &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const NoEffect &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const Vacuum &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const LockTable &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const TransactionControl &) { return true; }

} // namespace lockstep::catalog
