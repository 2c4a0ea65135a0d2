#pragma once
#include "base/pg/builtin.hpp"
#include "ops/data.hpp"
#include "ops/object_kind.hpp"
#include "ops/table.hpp"
#include "ops/transaction.hpp"

#include <memory>

namespace lockstep {

struct Statement;

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
};

struct SetSchema {
  ObjectKind kind = ObjectKind::table;
  QualifiedName name;
  std::string new_schema;
  std::vector<TypeName> arguments;
  bool if_exists = false;
  Range where;
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
};

struct RefreshMaterializedView {
  QualifiedName view;
  bool concurrently = false;
  bool with_data = true;
  Range where;
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
};

struct CreateSchema {
  std::string schema; ///< Empty: the role's name.
  std::string owner;
  bool if_not_exists = false;
  Range where; ///< Its elements follow as ops of the same statement, with the schema filled in.
};

struct CreateEnum {
  QualifiedName type;
  std::vector<std::string> labels;
  Range where;
};

struct AddEnumValue {
  QualifiedName type;
  std::string value;
  std::string neighbour; ///< BEFORE or AFTER this one; empty: at the end.
  bool after = true;
  bool if_not_exists = false;
  Range where;
};

struct RenameEnumValue {
  QualifiedName type;
  std::string value;
  std::string new_value;
  Range where;
};

struct CreateDomain {
  QualifiedName domain;
  TypeName type;
  QualifiedName collation;
  SqlExpressionPointer default_value;
  std::vector<ConstraintDef> constraints; ///< CHECK and NOT NULL.
  Range where;
};

enum class DomainAction : uint8_t {
  set_default,
  drop_default,
  set_not_null,
  drop_not_null,
  add_constraint,
  drop_constraint,
  validate_constraint,
};

struct AlterDomain {
  DomainAction action = DomainAction::set_default;
  QualifiedName domain;
  SqlExpressionPointer default_value;
  std::optional<ConstraintDef> constraint;
  std::string constraint_name;
  bool if_exists = false; ///< DROP CONSTRAINT IF EXISTS.
  bool cascade = false;
  Range where;
};

struct CreateCompositeType {
  QualifiedName type;
  std::vector<ColumnDef> attributes;
  Range where;
};

enum class AttributeAction : uint8_t { add, drop, alter_type };

struct AlterCompositeType {
  QualifiedName type;
  AttributeAction action = AttributeAction::add;
  ColumnDef attribute; ///< For `drop`, only its name.
  bool if_exists = false;
  bool cascade = false;
  Range where;
};

/// CREATE TYPE … AS RANGE, base and shell types.
struct CreateBaseType {
  QualifiedName type;
  bool is_range = false;
  bool is_shell = false;
  std::vector<Option> options;
  Range where;
};

/// A parameter of a function. Mode as pg_proc.proargmodes: 'i', 'o', 'b', 'v', 't'.
struct FunctionParameter {
  std::string name;
  TypeName type;
  char mode = 'i';
  SqlExpressionPointer default_value;
};

/// A statement found inside a DO block or a function body, with what the control flow allows to
/// say about it.
struct EmbeddedStatement {
  std::shared_ptr<const Statement> statement; ///< Ranges are those of the enclosing file.
  bool conditional = false; ///< Inside IF, CASE or an exception handler: it may not run.
  bool in_loop = false;
  bool dynamic = false; ///< From EXECUTE of a constant text.
};

/// The code of a DO block, function or procedure.
struct Body {
  std::string text;      ///< Unquoted.
  Range where;           ///< Of the unquoted text in the file.
  bool verbatim = false; ///< True where `text` stands in the file byte for byte (dollar quotes).
  bool parsed = false;   ///< The body was understood as SQL or PL/pgSQL.
  bool opaque = false;   ///< It runs SQL that only the server can know (dynamic EXECUTE).
  bool commits = false;  ///< It has COMMIT or ROLLBACK.
  bool loops = false;
  std::vector<EmbeddedStatement> statements; ///< In textual order.
};

struct CreateFunction {
  QualifiedName function;
  bool is_procedure = false;
  bool or_replace = false;
  std::vector<FunctionParameter> parameters;
  TypeName returns;
  std::string language; ///< Lower case; "sql" for a BEGIN ATOMIC body.
  FunctionVolatility volatility = FunctionVolatility::volatile_;
  bool security_definer = false;
  bool strict = false;
  bool leakproof = false;
  bool is_window = false;
  bool is_atomic = false; ///< RETURN or BEGIN ATOMIC body (14): the server tracks its references.
  char parallel = 'u';
  std::vector<SetVariable> settings; ///< SET … of the function.
  std::vector<Option> options;       ///< cost, rows, support, transform.
  std::string link_symbol;           ///< The second string of AS.
  Body body;
  Range where;
};

struct AlterFunction {
  QualifiedName function;
  ObjectKind kind = ObjectKind::function;
  std::vector<TypeName> arguments;
  bool has_arguments = false;
  std::optional<FunctionVolatility> volatility;
  std::optional<bool> security_definer;
  std::vector<Option> options; ///< strict, leakproof, parallel, cost, rows, support.
  std::vector<SetVariable> settings;
  Range where;
};

struct CreateTrigger {
  std::string name;
  QualifiedName table;
  bool or_replace = false;
  bool is_constraint = false;
  bool for_each_row = false;
  char timing = 'a'; ///< 'b' BEFORE, 'a' AFTER, 'i' INSTEAD OF.
  bool on_insert = false;
  bool on_update = false;
  bool on_delete = false;
  bool on_truncate = false;
  std::vector<std::string> columns; ///< UPDATE OF.
  SqlExpressionPointer condition;
  QualifiedName function;
  std::vector<std::string> arguments; ///< Of the function: string constants.
  std::string old_table;              ///< REFERENCING OLD TABLE AS.
  std::string new_table;
  QualifiedName referenced; ///< CONSTRAINT TRIGGER … FROM.
  bool deferrable = false;
  bool initially_deferred = false;
  std::string text; ///< The statement's SQL.
  Range where;
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
};

struct AlterPolicy {
  std::string name;
  QualifiedName table;
  std::vector<std::string> roles;
  SqlExpressionPointer using_expression;
  SqlExpressionPointer check_expression;
  Range where;
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
};

struct CreateStatistics {
  QualifiedName statistics; ///< Empty where PostgreSQL generates the name.
  QualifiedName table;
  std::vector<std::string> columns;
  bool if_not_exists = false;
  std::string text;
  Range where;
};

struct DoBlock {
  std::string language; ///< "plpgsql" where it is not given.
  Body body;
  Range where;
};

struct CreateExtension {
  std::string extension;
  std::string schema;
  bool if_not_exists = false;
  bool cascade = false;
  Range where;
};

struct Comment {
  ObjectKind kind = ObjectKind::table;
  QualifiedName name; ///< The object, or the table of a column, constraint, trigger, policy, rule.
  std::string part;
  std::vector<TypeName> arguments; ///< Of a function.
  bool has_arguments = false;
  std::optional<std::string> text; ///< Absent for IS NULL.
  Range where;
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
};

struct ChangeOwner {
  ObjectKind kind = ObjectKind::table;
  QualifiedName name;
  std::vector<TypeName> arguments;
  std::string owner;
  Range where;
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
};

/// CALL of a procedure: what it does is its body's affair.
struct Call {
  QualifiedName procedure;
  Range where;
};

/// A statement that is parsed and known to change neither schema nor data nor locks, e.g. NOTIFY.
struct NoEffect {
  Range where;
};

/// A statement that parses but that lockstep does not model: reported by a notice, never silent.
struct Unmodelled {
  Range where;
};

} // namespace lockstep
