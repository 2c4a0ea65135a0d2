#pragma once
#include <cstdint>

/// What one major version of PostgreSQL has or does that the ones before it do not.
namespace lockstep::base {

/// Each names where PostgreSQL's sources or release notes say so.
enum class Feature : uint8_t {
  // --- 15
  /// PUBLIC has no CREATE on schema public (release notes 15, "Migration").
  public_schema_without_create,
  /// CREATE VIEW … WITH (security_invoker) (release notes 15).
  security_invoker_views,
  /// Sequences can be unlogged, and follow their table in SET LOGGED and SET UNLOGGED (release
  /// notes 15; ATRewriteTables, tablecmds.c).
  unlogged_sequences,
  /// ALTER TRIGGER … RENAME goes to the clones on partitions, too (renametrig, trigger.c).
  renames_trigger_clones,
  /// A new partition takes the tables whose foreign keys reference its parent in SHARE ROW
  /// EXCLUSIVE; before, they are only looked at (CloneFkReferenced, tablecmds.c).
  locks_tables_referencing_parent,
  /// A relation of the wrong kind is refused with what cannot be done to it, not with what it is
  /// not (errdetail_relkind_not_supported, pg_class.c).
  names_refused_action,
  /// SQLSTATE 0A000, before 42601, for a new type of a column that a generated one uses
  /// (RememberAllDependentForRebuilding, tablecmds.c).
  refuses_type_as_unsupported,

  // --- 16
  /// The planner opens the indexes of a partitioned table, too, not only those of its partitions
  /// (get_relation_info, plancat.c).
  plans_partitioned_indexes,

  // --- 17
  /// Privilege MAINTAIN (release notes 17).
  maintain_privilege,
  /// A partitioned table can have identity columns, which are those of its partitions (release
  /// notes 17; MergeAttributes, tablecmds.c).
  partition_identity,
  /// The values of an enum that the same transaction made are safe to use
  /// (check_safe_enum_use, enum.c; EnumTypeUncommitted, pg_enum.c).
  uncommitted_enum_values,

  // --- 18
  /// NOT NULL is a constraint with a name, which is inherited and dropped as such (release notes
  /// 18, "Constraints"; set_attnotnull and dropconstraint_internal, tablecmds.c).
  not_null_constraints,
  /// NOT NULL can be NOT VALID (release notes 18; ATExecValidateConstraint).
  not_valid_not_null,
  /// A foreign key of a partitioned table can be NOT VALID (release notes 18;
  /// tryAttachPartitionForeignKey, tablecmds.c).
  not_valid_partitioned_foreign_key,
  /// Generated columns can be VIRTUAL (release notes 18).
  virtual_columns,
  /// SET LOGGED and SET UNLOGGED are refused for a partitioned table (release notes 18,
  /// "Migration"; ATSimplePermissions, tablecmds.c).
  refuses_partitioned_persistence,
  /// VACUUM and ANALYZE go to inheritance children (release notes 18, "Migration";
  /// expand_vacuum_rel, vacuum.c).
  vacuums_inheritance_children,
  /// GRANT and REVOKE keep what they name from being dropped meanwhile (objectNamesToOids,
  /// aclchk.c).
  grant_locks_objects,
  /// Every ADD CONSTRAINT locks all descendants of the table (ATPrepCmd, tablecmds.c).
  add_constraint_locks_descendants,
};

/// The first major version that has it.
[[nodiscard]] constexpr int firstVersion(Feature feature) {
  switch (feature) {
  case Feature::public_schema_without_create:
  case Feature::security_invoker_views:
  case Feature::unlogged_sequences:
  case Feature::renames_trigger_clones:
  case Feature::locks_tables_referencing_parent:
  case Feature::names_refused_action:
  case Feature::refuses_type_as_unsupported:
    return 15;
  case Feature::plans_partitioned_indexes:
    return 16;
  case Feature::maintain_privilege:
  case Feature::partition_identity:
  case Feature::uncommitted_enum_values:
    return 17;
  case Feature::not_null_constraints:
  case Feature::not_valid_not_null:
  case Feature::not_valid_partitioned_foreign_key:
  case Feature::virtual_columns:
  case Feature::refuses_partitioned_persistence:
  case Feature::vacuums_inheritance_children:
  case Feature::grant_locks_objects:
  case Feature::add_constraint_locks_descendants:
    return 18;
  }
  return 0;
}

/// True where a server of the major version `postgres` has it.
[[nodiscard]] constexpr bool supports(int postgres, Feature feature) {
  return postgres >= firstVersion(feature);
}

} // namespace lockstep::base
