#pragma once
#include "base/pg/builtin.hpp"
#include "ops/layer.hpp"
#include "ops/object_kind.hpp"
#include "ops/table.hpp"
#include "ops/traits.hpp"
#include "ops/transaction.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::ops {

struct Statement;

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

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::or_replace,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::checked, Strings::text);
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

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
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

  static constexpr OpTraits traits = OpTraits(
      Changes::schema, Existence::made, Subject::table, Repeats::or_replace, IfMissing::fails,
      Planned::no, Gives::nothing, Expressions::checked, Strings::values);
};

struct DoBlock {
  std::string language; ///< "plpgsql" where it is not given.
  Body body;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::anything, Existence::kept, Subject::none, Repeats::in_doubt,
               IfMissing::open, Planned::no, Gives::nothing, Expressions::none, Strings::text);
};

/// CALL of a procedure: what it does is its body's affair.
struct Call {
  QualifiedName procedure;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::anything, Existence::kept, Subject::none, Repeats::in_doubt,
               IfMissing::open, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
