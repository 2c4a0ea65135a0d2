#pragma once
#include "effects/facts/alteration.hpp"
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

/// What each op does: one overload an op, grouped by the file that holds them.
namespace lockstep::effects {

// add_column.cpp
void describe(const AddColumn &op, const Alteration &alter, Collector &out);

// alter_column.cpp
void describe(const DropColumn &op, const Alteration &alter, Collector &out);
void describe(const SetDefault &op, const Alteration &alter, Collector &out);
void describe(const SetNotNull &op, const Alteration &alter, Collector &out);
void describe(const DropNotNull &op, const Alteration &alter, Collector &out);
void describe(const SetGenerationExpression &op, const Alteration &alter, Collector &out);
void describe(const DropGenerationExpression &op, const Alteration &alter, Collector &out);
void describe(const AddIdentity &op, const Alteration &alter, Collector &out);
void describe(const SetIdentity &op, const Alteration &alter, Collector &out);
void describe(const DropIdentity &op, const Alteration &alter, Collector &out);

// alter_column_type.cpp
void describe(const AlterColumnType &op, const Alteration &alter, Collector &out);

// constraint.cpp
void describe(const AddConstraint &op, const Alteration &alter, Collector &out);
void describe(const ValidateConstraint &op, const Alteration &alter, Collector &out);
void describe(const AlterConstraint &op, const Alteration &alter, Collector &out);

// partition.cpp
void describe(const AttachPartition &op, const Alteration &alter, Collector &out);
void describe(const DetachPartition &op, const Alteration &alter, Collector &out);

// table_setting.cpp
void describe(const SetInheritance &op, const Alteration &alter, Collector &out);
void describe(const AlterTableSetting &op, const Alteration &alter, Collector &out);

// drop.cpp
void describe(const DropObject &op, Collector &out);
void describe(const DropConstraint &op, const Alteration &alter, Collector &out);

// create_table.cpp
void describe(const CreateTable &op, Collector &out);

// index.cpp
void describe(const CreateIndex &op, Collector &out);
void describe(const Reindex &op, Collector &out);

// data.cpp
void describe(const Insert &op, Collector &out);
void describe(const Update &op, Collector &out);
void describe(const Delete &op, Collector &out);
void describe(const Merge &op, Collector &out);
void describe(const Copy &op, Collector &out);
void describe(const CreateTableAs &op, Collector &out);

// body.cpp
void describe(const CreateFunction &op, Collector &out);
void describe(const DoBlock &op, Collector &out);
void describe(const Call &op, Collector &out);

// maintenance.cpp
void describe(const MoveAllInTablespace &op, Collector &out);
void describe(const Cluster &op, Collector &out);
void describe(const Vacuum &op, Collector &out);
void describe(const Truncate &op, Collector &out);
void describe(const LockTable &op, Collector &out);
void describe(const RefreshMaterializedView &op, Collector &out);

// rename.cpp
void describe(const RenameObject &op, Collector &out);
void describe(const SetSchema &op, Collector &out);
void describe(const ChangeOwner &op, Collector &out);

// object.cpp
void describe(const CreateView &op, Collector &out);
void describe(const CreateSequence &op, Collector &out);
void describe(const AlterSequence &op, Collector &out);
void describe(const AlterDomain &op, Collector &out);
void describe(const AlterCompositeType &op, Collector &out);
void describe(const CreateTrigger &op, Collector &out);
void describe(const CreatePolicy &op, Collector &out);
void describe(const AlterPolicy &op, Collector &out);
void describe(const CreateRule &op, Collector &out);
void describe(const CreateStatistics &op, Collector &out);
void describe(const Comment &op, Collector &out);
void describe(const Grant &op, Collector &out);
void describe(const Publication &op, Collector &out);

// These take no lock on a relation: they define types, functions, schemas and the like. An enum
// gets a new value without a lock, in a transaction, too (since 12).
inline void describe(const Unmodelled &, Collector &) {}
inline void describe(const NoEffect &, Collector &) {}
inline void describe(const CreateSchema &, Collector &) {}
inline void describe(const CreateEnum &, Collector &) {}
inline void describe(const AddEnumValue &, Collector &) {}
inline void describe(const RenameEnumValue &, Collector &) {}
inline void describe(const CreateDomain &, Collector &) {}
inline void describe(const CreateCompositeType &, Collector &) {}
inline void describe(const CreateBaseType &, Collector &) {}
inline void describe(const AlterFunction &, Collector &) {}
inline void describe(const CreateExtension &, Collector &) {}

} // namespace lockstep::effects
