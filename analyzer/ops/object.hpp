#pragma once
#include "ops/layer.hpp"
#include "ops/object_kind.hpp"
#include "ops/table.hpp"
#include "ops/traits.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::ops {

/// DROP of one object: DROP TABLE a, b is two ops.
struct DropObject {
  ObjectKind kind = ObjectKind::table;
  QualifiedName name;
  QualifiedName on_table;          ///< The table of a trigger, policy or rule.
  std::vector<TypeName> arguments; ///< Of a function, where given.
  bool has_arguments = false;
  bool if_exists = false;
  bool cascade = false;
  bool concurrently = false; ///< DROP INDEX CONCURRENTLY.
  bool several = false;      ///< The statement names more than one object.
  Range where;               ///< The object's name.

  static constexpr OpTraits traits = OpTraits(Changes::schema, Existence::taken, Subject::own,
                                              Repeats::if_exists, IfMissing::if_exists, Planned::no,
                                              Gives::nothing, Expressions::none, Strings::values);
};

/// ALTER … RENAME TO, RENAME COLUMN, RENAME CONSTRAINT, RENAME VALUE.
struct RenameObject {
  ObjectKind kind = ObjectKind::table; ///< `column`, `constraint`, `type_attribute` for the parts.
  ObjectKind relation_kind = ObjectKind::table; ///< What the statement calls the owner of a part.
  QualifiedName name;                           ///< The object, or the owner of the part.
  std::string part; ///< Old name of the column, constraint, trigger, policy, rule or attribute.
  std::string new_name;
  std::vector<TypeName> arguments;
  bool if_exists = false;
  bool only = false;
  bool cascade = false;
  Range where;

  static constexpr OpTraits traits = OpTraits(Changes::schema, Existence::taken, Subject::own,
                                              Repeats::in_doubt, IfMissing::if_exists, Planned::no,
                                              Gives::nothing, Expressions::none, Strings::values);
};

struct SetSchema {
  ObjectKind kind = ObjectKind::table;
  QualifiedName name;
  std::string new_schema;
  std::vector<TypeName> arguments;
  bool if_exists = false;
  Range where;

  static constexpr OpTraits traits = OpTraits(Changes::schema, Existence::taken, Subject::own,
                                              Repeats::in_doubt, IfMissing::if_exists, Planned::no,
                                              Gives::nothing, Expressions::none, Strings::values);
};

struct CreateView {
  QualifiedName view;
  Persistence persistence = Persistence::permanent;
  bool or_replace = false;
  bool recursive = false;
  std::vector<std::string> columns;
  std::vector<Option> options;
  Query query;
  char check_option = 'n'; ///< 'n' none, 'l' local, 'c' cascaded.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::own, Repeats::or_replace,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct RefreshMaterializedView {
  QualifiedName view;
  bool concurrently = false;
  bool with_data = true;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::own, Repeats::freely, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct CreateSequence {
  QualifiedName sequence;
  Persistence persistence = Persistence::permanent;
  bool if_not_exists = false;
  TypeName type;
  std::vector<Option> options;
  QualifiedName owned_by_table;
  std::string owned_by_column;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::if_not_exists,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct AlterSequence {
  QualifiedName sequence;
  bool if_exists = false;
  TypeName type;
  std::vector<Option> options;
  bool owned_by_none = false;
  QualifiedName owned_by_table;
  std::string owned_by_column;
  Range where;

  static constexpr OpTraits traits = OpTraits(Changes::schema, Existence::kept, Subject::own,
                                              Repeats::in_doubt, IfMissing::if_exists, Planned::no,
                                              Gives::nothing, Expressions::none, Strings::values);
};

struct CreateSchema {
  std::string schema; ///< Empty: the role's name.
  std::string owner;
  bool if_not_exists = false;
  Range where; ///< Its elements follow as ops of the same statement, with the schema filled in.

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::if_not_exists,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct CreatePolicy {
  std::string name;
  QualifiedName table;
  bool permissive = true;
  std::string command; ///< "all", "select", ….
  std::vector<std::string> roles;
  SqlExpressionPointer using_expression;
  SqlExpressionPointer check_expression;
  Range where;

  static constexpr OpTraits traits = OpTraits(
      Changes::schema, Existence::made, Subject::table, Repeats::in_doubt, IfMissing::fails,
      Planned::no, Gives::nothing, Expressions::checked, Strings::values);
};

struct AlterPolicy {
  std::string name;
  QualifiedName table;
  std::vector<std::string> roles;
  SqlExpressionPointer using_expression;
  SqlExpressionPointer check_expression;
  Range where;

  static constexpr OpTraits traits = OpTraits(
      Changes::schema, Existence::kept, Subject::table, Repeats::in_doubt, IfMissing::fails,
      Planned::no, Gives::nothing, Expressions::checked, Strings::values);
};

struct CreateRule {
  std::string name;
  QualifiedName table;
  bool or_replace = false;
  bool instead = false;
  std::string event; ///< "select", "insert", "update" or "delete".
  Query query;       ///< All that its actions and condition refer to.
  std::string text;
  Range where;

  static constexpr OpTraits traits = OpTraits(
      Changes::schema, Existence::made, Subject::table, Repeats::in_doubt, IfMissing::fails,
      Planned::no, Gives::nothing, Expressions::none, Strings::column_values);
};

struct CreateStatistics {
  QualifiedName statistics; ///< Empty where PostgreSQL generates the name.
  QualifiedName table;
  std::vector<std::string> columns;
  bool if_not_exists = false;
  std::string text;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::table, Repeats::in_doubt,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct CreateExtension {
  std::string extension;
  std::string schema;
  bool if_not_exists = false;
  bool cascade = false;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::if_not_exists,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct Comment {
  ObjectKind kind = ObjectKind::table;
  QualifiedName name; ///< The object, or the table of a column, constraint, trigger, policy, rule.
  std::string part;
  std::vector<TypeName> arguments; ///< Of a function.
  bool has_arguments = false;
  std::optional<std::string> text; ///< Absent for IS NULL.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::none, Repeats::freely, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::text);
};

/// GRANT and REVOKE on objects.
struct Grant {
  bool is_grant = true;
  ObjectKind kind = ObjectKind::table;
  bool all_in_schema = false; ///< `names` are schemas then.
  std::vector<QualifiedName> names;
  std::vector<std::vector<TypeName>> arguments; ///< Parallel to `names`; of functions.
  std::vector<bool> has_arguments;              ///< Parallel to `names`.
  std::vector<std::string> privileges;          ///< Empty: ALL. "select", or "select (a, b)".
  std::vector<std::string> grantees;            ///< "public" for PUBLIC.
  bool grant_option = false;
  bool cascade = false;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::none, Repeats::freely, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct ChangeOwner {
  ObjectKind kind = ObjectKind::table;
  QualifiedName name;
  std::vector<TypeName> arguments;
  std::string owner;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

enum class DdlAction : uint8_t { create, alter, drop, other };

/// CREATE and ALTER PUBLICATION: tables are locked when they are added.
struct Publication {
  std::string publication;
  DdlAction action = DdlAction::create;
  bool all_tables = false;
  std::vector<QualifiedName> tables;
  std::vector<bool> only; ///< Parallel to `tables`.
  std::vector<std::string> schemas;
  char change = 'a'; ///< 'a' add, 'd' drop, 's' set, of ALTER.
  std::string text;  ///< The statement's SQL.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::tables, Repeats::in_doubt,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

/// ALTER DEFAULT PRIVILEGES: what objects get that are made later.
struct DefaultGrant {
  std::vector<std::string> roles;   ///< FOR ROLE; empty: the current one.
  std::vector<std::string> schemas; ///< IN SCHEMA; empty: all.
  Grant grant;                      ///< Its `names` are empty.
};

/// DDL on objects that hold no rows and lock no relation: roles, servers, casts, operators, text
/// search and the like. `refuses_transaction` where the server rejects it in a transaction block.
struct ObjectDdl {
  ObjectKind kind = ObjectKind::type;
  DdlAction action = DdlAction::create;
  std::vector<QualifiedName> names;
  std::vector<TypeName> arguments; ///< Of an aggregate or operator.
  std::vector<Option> options;
  bool refuses_transaction = false;
  std::shared_ptr<const DefaultGrant> default_grant; ///< Of `default_privileges`.
  std::string text;                                  ///< The statement's SQL.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

/// A statement that is parsed and known to change neither schema nor data nor locks, e.g. NOTIFY.
struct NoEffect {
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::nothing, Existence::kept, Subject::none, Repeats::freely, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

/// A statement that parses but that lockstep does not model: reported by a notice, never silent.
struct Unmodelled {
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::anything, Existence::kept, Subject::none, Repeats::in_doubt,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
