#pragma once
#include "catalog/change/change.hpp"

// What each op does to the catalog. False: refused.

namespace lockstep {

[[nodiscard]] bool applyOp(Change &change, const CreateTable &op);
[[nodiscard]] bool applyOp(Change &change, const CreateTableAs &op);

// ALTER TABLE. An ADD COLUMN with constraints adds them later: addColumnConstraints.
[[nodiscard]] bool applyOp(Change &change, const AddColumn &op);
[[nodiscard]] bool addColumnConstraints(Change &change, const AddColumn &op, bool keys);
[[nodiscard]] bool applyOp(Change &change, const DropColumn &op);
[[nodiscard]] bool applyOp(Change &change, const AlterColumnType &op);
[[nodiscard]] bool applyOp(Change &change, const SetDefault &op);
[[nodiscard]] bool applyOp(Change &change, const SetNotNull &op);
[[nodiscard]] bool applyOp(Change &change, const DropNotNull &op);
[[nodiscard]] bool applyOp(Change &change, const SetGenerationExpression &op);
[[nodiscard]] bool applyOp(Change &change, const DropGenerationExpression &op);
[[nodiscard]] bool applyOp(Change &change, const AddIdentity &op);
[[nodiscard]] bool applyOp(Change &change, const SetIdentity &op);
[[nodiscard]] bool applyOp(Change &change, const DropIdentity &op);
[[nodiscard]] bool applyOp(Change &change, const AddConstraint &op);
[[nodiscard]] bool applyOp(Change &change, const ValidateConstraint &op);
[[nodiscard]] bool applyOp(Change &change, const AlterConstraint &op);
[[nodiscard]] bool applyOp(Change &change, const DropConstraint &op);
[[nodiscard]] bool applyOp(Change &change, const AttachPartition &op);
[[nodiscard]] bool applyOp(Change &change, const DetachPartition &op);
[[nodiscard]] bool applyOp(Change &change, const SetInheritance &op);
[[nodiscard]] bool applyOp(Change &change, const AlterTableSetting &op);
[[nodiscard]] bool applyOp(Change &change, const MoveAllInTablespace &op);

[[nodiscard]] bool applyOp(Change &change, const CreateIndex &op);
[[nodiscard]] bool applyOp(Change &change, const DropObject &op);
[[nodiscard]] bool applyOp(Change &change, const RenameObject &op);
[[nodiscard]] bool applyOp(Change &change, const SetSchema &op);
[[nodiscard]] bool applyOp(Change &change, const ChangeOwner &op);

[[nodiscard]] bool applyOp(Change &change, const CreateView &op);
[[nodiscard]] bool applyOp(Change &change, const RefreshMaterializedView &op);
[[nodiscard]] bool applyOp(Change &change, const CreateSequence &op);
[[nodiscard]] bool applyOp(Change &change, const AlterSequence &op);

[[nodiscard]] bool applyOp(Change &change, const CreateEnum &op);
[[nodiscard]] bool applyOp(Change &change, const AddEnumValue &op);
[[nodiscard]] bool applyOp(Change &change, const RenameEnumValue &op);
[[nodiscard]] bool applyOp(Change &change, const CreateDomain &op);
[[nodiscard]] bool applyOp(Change &change, const AlterDomain &op);
[[nodiscard]] bool applyOp(Change &change, const CreateCompositeType &op);
[[nodiscard]] bool applyOp(Change &change, const AlterCompositeType &op);
[[nodiscard]] bool applyOp(Change &change, const CreateBaseType &op);

[[nodiscard]] bool applyOp(Change &change, const CreateFunction &op);
[[nodiscard]] bool applyOp(Change &change, const AlterFunction &op);
[[nodiscard]] bool applyOp(Change &change, const CreateTrigger &op);
[[nodiscard]] bool applyOp(Change &change, const CreatePolicy &op);
[[nodiscard]] bool applyOp(Change &change, const AlterPolicy &op);
[[nodiscard]] bool applyOp(Change &change, const CreateRule &op);

[[nodiscard]] bool applyOp(Change &change, const CreateSchema &op);
[[nodiscard]] bool applyOp(Change &change, const CreateExtension &op);
[[nodiscard]] bool applyOp(Change &change, const CreateStatistics &op);
[[nodiscard]] bool applyOp(Change &change, const Publication &op);
[[nodiscard]] bool applyOp(Change &change, const ObjectDdl &op);
[[nodiscard]] bool applyOp(Change &change, const Comment &op);
[[nodiscard]] bool applyOp(Change &change, const Grant &op);

[[nodiscard]] bool applyOp(Change &change, const Insert &op);
[[nodiscard]] bool applyOp(Change &change, const Update &op);
[[nodiscard]] bool applyOp(Change &change, const Delete &op);
[[nodiscard]] bool applyOp(Change &change, const Merge &op);
[[nodiscard]] bool applyOp(Change &change, const Select &op);
[[nodiscard]] bool applyOp(Change &change, const Copy &op);
[[nodiscard]] bool applyOp(Change &change, const Truncate &op);
[[nodiscard]] bool applyOp(Change &change, const SetVariable &op);
[[nodiscard]] bool applyOp(Change &change, const DoBlock &op);
[[nodiscard]] bool applyOp(Change &change, const Call &op);
[[nodiscard]] bool applyOp(Change &change, const Reindex &op);
[[nodiscard]] bool applyOp(Change &change, const Cluster &op);

// These change nothing that the catalog holds.
[[nodiscard]] inline bool applyOp(Change &, const Unmodelled &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const NoEffect &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const Vacuum &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const LockTable &) { return true; }
[[nodiscard]] inline bool applyOp(Change &, const TransactionControl &) { return true; }

/// DROP of several objects at once: they may depend on each other.
[[nodiscard]] bool applyDrops(Change &change, const std::vector<Op> &ops);
/// Applies all ops of a statement, in the server's order.
[[nodiscard]] bool applyOps(Change &change, const std::vector<Op> &ops);

} // namespace lockstep
