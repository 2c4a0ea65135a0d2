#pragma once
#include "ops/layer.hpp"
#include "ops/object_kind.hpp"
#include "ops/table.hpp"
#include "ops/traits.hpp"

namespace lockstep::ops {

/// What every subcommand of ALTER TABLE (and of ALTER INDEX, VIEW, SEQUENCE, MATERIALIZED VIEW and
/// FOREIGN TABLE, which share its grammar) says about its target.
struct AlterTarget {
  QualifiedName relation;
  ObjectKind kind = ObjectKind::table; ///< The kind that the statement names.
  bool if_exists = false;
  bool only = false; ///< ALTER TABLE ONLY: descendants are left alone.
};

/// The traits of a subcommand: what it has in common with all others is answered here.
consteval OpTraits alteration(Existence existence, Repeats repeats, Gives gives,
                              Expressions expressions) {
  return OpTraits(Changes::schema, existence, Subject::target, repeats, IfMissing::target_if_exists,
                  Planned::no, gives, expressions, Strings::column_values);
}

struct AddColumn {
  AlterTarget target;
  ColumnDef column;
  bool if_not_exists = false;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::made, Repeats::if_not_exists, Gives::columns, Expressions::checked);
};

struct DropColumn {
  AlterTarget target;
  std::string column;
  bool if_exists = false;
  bool cascade = false;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::taken, Repeats::if_exists, Gives::nothing, Expressions::none);
};

struct AlterColumnType {
  AlterTarget target;
  std::string column;
  TypeName type;
  QualifiedName collation;
  SqlExpressionPointer using_expression;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::taken, Repeats::in_doubt, Gives::type, Expressions::checked);
};

/// SET DEFAULT, and DROP DEFAULT where `value` is absent.
struct SetDefault {
  AlterTarget target;
  std::string column;
  SqlExpressionPointer value;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::freely, Gives::nothing, Expressions::checked);
};

struct SetNotNull {
  AlterTarget target;
  std::string column;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::freely, Gives::nothing, Expressions::none);
};

struct DropNotNull {
  AlterTarget target;
  std::string column;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::taken, Repeats::freely, Gives::nothing, Expressions::none);
};

/// ALTER COLUMN … SET EXPRESSION (17).
struct SetGenerationExpression {
  AlterTarget target;
  std::string column;
  SqlExpression expression;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::in_doubt, Gives::nothing, Expressions::checked);
};

/// ALTER COLUMN … DROP EXPRESSION.
struct DropGenerationExpression {
  AlterTarget target;
  std::string column;
  bool if_exists = false;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::in_doubt, Gives::nothing, Expressions::none);
};

struct AddIdentity {
  AlterTarget target;
  std::string column;
  Identity identity = Identity::always;
  std::vector<Option> options;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::in_doubt, Gives::nothing, Expressions::none);
};

/// ALTER COLUMN … SET GENERATED, SET sequence_option, RESTART.
struct SetIdentity {
  AlterTarget target;
  std::string column;
  Identity identity = Identity::none; ///< `none` where it is not changed.
  std::vector<Option> options;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::in_doubt, Gives::nothing, Expressions::none);
};

struct DropIdentity {
  AlterTarget target;
  std::string column;
  bool if_exists = false;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::taken, Repeats::in_doubt, Gives::nothing, Expressions::none);
};

struct AddConstraint {
  AlterTarget target;
  ConstraintDef constraint;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::made, Repeats::in_doubt, Gives::constraint, Expressions::checked);
};

struct ValidateConstraint {
  AlterTarget target;
  std::string constraint;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::freely, Gives::nothing, Expressions::none);
};

/// ALTER CONSTRAINT: deferrability, enforcement (18), inheritance (18).
struct AlterConstraint {
  AlterTarget target;
  std::string constraint;
  std::optional<bool> deferrable;
  std::optional<bool> initially_deferred;
  std::optional<bool> enforced;
  std::optional<bool> no_inherit;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::in_doubt, Gives::nothing, Expressions::none);
};

struct DropConstraint {
  AlterTarget target;
  std::string constraint;
  bool if_exists = false;
  bool cascade = false;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::taken, Repeats::if_exists, Gives::nothing, Expressions::none);
};

/// ATTACH PARTITION of a table, and ALTER INDEX … ATTACH PARTITION.
struct AttachPartition {
  AlterTarget target;
  QualifiedName partition;
  PartitionBound bound;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::in_doubt, Gives::nothing, Expressions::checked);
};

struct DetachPartition {
  AlterTarget target;
  QualifiedName partition;
  bool concurrently = false;
  bool finalize = false;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::taken, Repeats::in_doubt, Gives::nothing, Expressions::none);
};

/// INHERIT parent and NO INHERIT parent.
struct SetInheritance {
  AlterTarget target;
  QualifiedName parent;
  bool inherit = true;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::in_doubt, Gives::nothing, Expressions::none);
};

/// The subcommands that change a setting of the relation, of a column or of a trigger, and that
/// need no more than names to tell what they do.
enum class TableSetting : uint8_t {
  statistics,     ///< ALTER COLUMN … SET STATISTICS.
  column_options, ///< ALTER COLUMN … SET (…).
  column_options_reset,
  column_foreign_options, ///< ALTER COLUMN … OPTIONS (…).
  storage,                ///< ALTER COLUMN … SET STORAGE.
  compression,            ///< ALTER COLUMN … SET COMPRESSION.
  owner,
  cluster_on,
  without_cluster,
  logged,
  unlogged,
  without_oids,
  access_method,
  tablespace,
  options,       ///< SET (…).
  options_reset, ///< RESET (…).
  enable_trigger,
  enable_always_trigger,
  enable_replica_trigger,
  disable_trigger,
  enable_all_triggers,
  disable_all_triggers,
  enable_user_triggers,
  disable_user_triggers,
  enable_rule,
  enable_always_rule,
  enable_replica_rule,
  disable_rule,
  of_type,
  not_of_type,
  replica_identity, ///< `value`: "default", "full", "nothing" or "index"; `name` the index.
  enable_row_security,
  disable_row_security,
  force_row_security,
  no_force_row_security,
  foreign_options, ///< OPTIONS (…).
};

struct AlterTableSetting {
  AlterTarget target;
  TableSetting setting = TableSetting::options;
  std::string column;
  std::string name; ///< Trigger, rule, index, type, owner, tablespace, access method.
  std::string value;
  std::vector<Option> options;
  Range where;

  static constexpr OpTraits traits =
      alteration(Existence::kept, Repeats::freely, Gives::nothing, Expressions::none);
};

/// ALTER {TABLE|INDEX|MATERIALIZED VIEW} ALL IN TABLESPACE a … SET TABLESPACE b.
struct MoveAllInTablespace {
  ObjectKind kind = ObjectKind::table;
  std::string from;
  std::string to;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
