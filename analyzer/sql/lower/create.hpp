#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct AlterDomainStmt;
struct AlterEnumStmt;
struct AlterPolicyStmt;
struct AlterSeqStmt;
struct CompositeTypeStmt;
struct CreateDomainStmt;
struct CreateEnumStmt;
struct CreatePolicyStmt;
struct CreateRangeStmt;
struct CreateSeqStmt;
struct CreateStatsStmt;
struct CreateTrigStmt;
struct DefineStmt;
struct RefreshMatViewStmt;
struct RuleStmt;
struct ViewStmt;

// CREATE and ALTER of views, sequences, types, triggers, policies and rules: each function adds the
// ops of its statement.

namespace lockstep::sql {

void lowerView(Lowering &at, const ::ViewStmt &node);
void lowerRefresh(Lowering &at, const ::RefreshMatViewStmt &node);
void lowerCreateSequence(Lowering &at, const ::CreateSeqStmt &node);
void lowerAlterSequence(Lowering &at, const ::AlterSeqStmt &node);
void lowerCreateEnum(Lowering &at, const ::CreateEnumStmt &node);
void lowerAlterEnum(Lowering &at, const ::AlterEnumStmt &node);
void lowerComposite(Lowering &at, const ::CompositeTypeStmt &node);
void lowerCreateRange(Lowering &at, const ::CreateRangeStmt &node);
void lowerCreateBaseType(Lowering &at, const ::DefineStmt &node);
void lowerCreateDomain(Lowering &at, const ::CreateDomainStmt &node);
void lowerAlterDomain(Lowering &at, const ::AlterDomainStmt &node);
void lowerTrigger(Lowering &at, const ::CreateTrigStmt &node);
void lowerCreatePolicy(Lowering &at, const ::CreatePolicyStmt &node);
void lowerAlterPolicy(Lowering &at, const ::AlterPolicyStmt &node);
void lowerRule(Lowering &at, const ::RuleStmt &node);
void lowerStatistics(Lowering &at, const ::CreateStatsStmt &node);

} // namespace lockstep::sql
