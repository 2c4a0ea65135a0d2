#include "effects/facts/lock_level.hpp"

#include <algorithm>
#include <array>

namespace lockstep::effects {

/// Storage parameters that no running query depends on: SHARE UPDATE EXCLUSIVE is enough to change
/// them. All others (user_catalog_table, fastupdate, buffering, pages_per_range, …) take ACCESS
/// EXCLUSIVE (reloptions.c; documentation of CREATE TABLE and CREATE INDEX).
static constexpr std::array<std::string_view, 10> weak_parameters{
    "deduplicate_items",    "effective_io_concurrency",
    "fillfactor",           "log_autovacuum_min_duration",
    "n_distinct",           "n_distinct_inherited",
    "parallel_workers",     "toast_tuple_target",
    "vacuum_index_cleanup", "vacuum_truncate"};

static bool isWeakParameter(std::string_view name) {
  if (const size_t dot = name.find('.'); dot != std::string_view::npos)
    name.remove_prefix(dot + 1); // toast.autovacuum_enabled
  return name.starts_with("autovacuum_") || name.starts_with("vacuum_") ||
         name.starts_with("log_autovacuum_") ||
         std::find(weak_parameters.begin(), weak_parameters.end(), name) != weak_parameters.end();
}

/// AlterTableGetRelOptionsLockLevel, reloptions.c.
static LockMode parameterLevel(const std::vector<Option> &options) {
  const bool weak = std::all_of(options.begin(), options.end(),
                                [](const Option &option) { return isWeakParameter(option.name); });
  return weak && !options.empty() ? LockMode::share_update_exclusive : LockMode::access_exclusive;
}

static LockMode levelOf(const AlterTableSetting &op) {
  switch (op.setting) {
  case TableSetting::statistics:
  case TableSetting::column_options:
  case TableSetting::column_options_reset:
  case TableSetting::cluster_on:
  case TableSetting::without_cluster:
    return LockMode::share_update_exclusive;
  case TableSetting::enable_trigger:
  case TableSetting::enable_always_trigger:
  case TableSetting::enable_replica_trigger:
  case TableSetting::disable_trigger:
  case TableSetting::enable_all_triggers:
  case TableSetting::disable_all_triggers:
  case TableSetting::enable_user_triggers:
  case TableSetting::disable_user_triggers:
    return LockMode::share_row_exclusive;
  case TableSetting::options:
  case TableSetting::options_reset:
    // ALTER VIEW checks its options in ACCESS EXCLUSIVE: none of them is in the weak list.
    return parameterLevel(op.options);
  case TableSetting::column_foreign_options:
  case TableSetting::storage:
  case TableSetting::compression:
  case TableSetting::owner:
  case TableSetting::logged:
  case TableSetting::unlogged:
  case TableSetting::without_oids:
  case TableSetting::access_method:
  case TableSetting::tablespace:
  case TableSetting::enable_rule:
  case TableSetting::enable_always_rule:
  case TableSetting::enable_replica_rule:
  case TableSetting::disable_rule:
  case TableSetting::of_type:
  case TableSetting::not_of_type:
  case TableSetting::replica_identity:
  case TableSetting::enable_row_security:
  case TableSetting::disable_row_security:
  case TableSetting::force_row_security:
  case TableSetting::no_force_row_security:
  case TableSetting::foreign_options:
    return LockMode::access_exclusive;
  }
  return LockMode::access_exclusive;
}

static LockMode levelOf(const AddConstraint &op) {
  return op.constraint.kind == ConstraintKind::foreign_key ? LockMode::share_row_exclusive
                                                           : LockMode::access_exclusive;
}

static LockMode levelOf(const DetachPartition &op) {
  return op.concurrently || op.finalize ? LockMode::share_update_exclusive
                                        : LockMode::access_exclusive;
}

static LockMode levelOf(const ValidateConstraint &) { return LockMode::share_update_exclusive; }
static LockMode levelOf(const AttachPartition &) { return LockMode::share_update_exclusive; }
template <OneOf<AddColumn, DropColumn, AlterColumnType, SetDefault, SetNotNull, DropNotNull,
                SetGenerationExpression, DropGenerationExpression, AddIdentity, SetIdentity,
                DropIdentity, AlterConstraint, DropConstraint, SetInheritance>
              Kind>
static LockMode levelOf(const Kind &) {
  return LockMode::access_exclusive;
}

LockMode lockLevel(const Op &op) {
  return std::visit(
      []<class Kind>(const Kind &value) {
        if constexpr (Kind::traits.subject == Subject::target)
          return levelOf(value);
        else
          return LockMode::none;
      },
      op);
}

LockMode lockLevel(const Statement &statement) {
  LockMode mode = LockMode::none;
  for (const Op &op : statement.ops)
    mode = std::max(mode, lockLevel(op));
  return mode;
}

} // namespace lockstep::effects
