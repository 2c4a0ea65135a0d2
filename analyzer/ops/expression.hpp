#pragma once
#include "ops/layer.hpp"
#include "ops/name.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::ops {

struct Query;

/// What a node of an expression is. Forms that no analysis tells apart share `other`; their
/// operands are still in `arguments`.
enum class ExpressionKind : uint8_t {
  constant,      ///< `name` holds the literal's text; `literal` its type.
  null_constant, ///< NULL.
  column,        ///< `schema` holds the qualifier, `name` the column; "*" for a star.
  parameter,     ///< $1.
  function,      ///< `schema`.`name`(arguments): also aggregates and window functions.
  special,       ///< CURRENT_TIMESTAMP, CURRENT_USER, …: `name` in lower case.
  operation,     ///< An operator `name` with one or two arguments; also IS DISTINCT FROM, IN, LIKE.
  cast,          ///< arguments[0]::type.
  conjunction,   ///< AND of the arguments.
  disjunction,   ///< OR of the arguments.
  negation,      ///< NOT arguments[0].
  is_null,
  is_not_null,
  boolean_test, ///< IS [NOT] TRUE …: `name` holds the test, e.g. "is true".
  case_,        ///< Operand (then `name` is "operand"), conditions, results and default, in order.
  coalesce,
  array, ///< ARRAY[…].
  row,
  collate,  ///< arguments[0] COLLATE name.
  subquery, ///< EXISTS, IN (SELECT …), scalar: `query`; arguments[0] is the left operand, if any.
  other,
};

enum class LiteralKind : uint8_t { none, integer, decimal, string, boolean, bits };

/// A node of an expression as it was parsed: nothing is resolved or folded yet.
struct Expression {
  ExpressionKind kind = ExpressionKind::other;
  LiteralKind literal = LiteralKind::none;
  std::string schema;
  std::string name;
  std::shared_ptr<const TypeName> type; ///< Of a cast; else null.
  std::vector<Expression> arguments;
  std::shared_ptr<const Query> query;
  Range where; ///< From the node's first to its last byte, operands included.
};
/// Null where there is none. Who takes over what a statement says shares it.
using ExpressionPointer = std::shared_ptr<const Expression>;

/// An expression together with its SQL text, which stays true when its file is gone.
struct SqlExpression {
  Expression root;
  std::string text;
  [[nodiscard]] Range where() const { return root.where; }
};
/// Null where there is none.
using SqlExpressionPointer = std::shared_ptr<const SqlExpression>;

/// Calls `visit(node)` for `root` and all nodes below it, without recursion. Queries of sub-selects
/// are not entered.
template <class Visit> void forEachNode(const Expression &root, Visit &&visit) {
  std::vector<const Expression *> open;
  for (const Expression *node = &root; node;) {
    visit(*node);
    const std::vector<Expression> &arguments = node->arguments;
    // Most trees are one operator on two leaves: those need no stack.
    if (std::all_of(arguments.begin(), arguments.end(),
                    [](const Expression &argument) { return argument.arguments.empty(); }))
      for (const Expression &argument : arguments)
        visit(argument);
    else
      for (auto it = arguments.rbegin(); it != arguments.rend(); ++it)
        open.push_back(&*it);
    node = open.empty() ? nullptr : open.back();
    if (node)
      open.pop_back();
  }
}

/// True where no column, parameter, sub-select or function takes part: literals, their casts and
/// operators only.
[[nodiscard]] bool isConstant(const Expression &expression);
/// Names of the columns referenced, sorted, each once; a star or whole-row reference is left out.
[[nodiscard]] std::vector<std::string> columnsOf(const Expression &expression);
/// True where the expression, taken as a CHECK, can only pass if `column` is not null: IS NOT NULL
/// of it, also as a part of AND. This is what PostgreSQL itself accepts as proof
/// (NotNullImpliedByRelConstraints, tablecmds.c, 12 and later).
[[nodiscard]] bool provesNotNull(const Expression &expression, std::string_view column);

/// How a query uses a relation.
enum class Access : uint8_t { read, row_lock, write };

/// A relation named by a query (FROM, JOIN, USING, a data-modifying CTE's target).
struct RelationUse {
  QualifiedName name;
  std::string alias; ///< Empty where there is none.
  Access access = Access::read;
  int scope = 0;        ///< The SELECT level that it belongs to: index into Query::scopes.
  bool only = false;    ///< FROM ONLY: without partitions and children.
  bool inserts = false; ///< The target of an INSERT: the only write that finds no rows.
};

/// A column named by a query.
struct ColumnUse {
  /// `relation` of a column qualified by the table that the statement is about and that is no
  /// relation of the query: what UPDATE changes, what a policy guards, EXCLUDED, OLD and NEW. An
  /// unqualified column of the outermost scope may be one of that table's, too.
  static constexpr int of_target = -2;

  std::string name;  ///< "*" for a star.
  int relation = -1; ///< Index into Query::relations where qualified by one; -1: any in scope.
  int scope = 0;
  Range where;
};

struct FunctionUse {
  QualifiedName name;
  int argument_count = 0;
  /// The leading arguments that are strings, of what works on a relation by name: nextval('s').
  std::vector<std::string> literals;
};

/// A column of a query's result.
struct OutputColumn {
  std::string name; ///< As PostgreSQL's FigureColname picks it; "*" for a star.
  int column = -1;  ///< Index into Query::columns where it is a plain column or star.
  TypeName type;    ///< Where the expression alone tells it: a cast, a constant.
};

/// What a query refers to, flattened; scopes tell which relations a bare column may belong to.
/// CTE names are resolved: a reference to a CTE is not a relation use.
struct Query {
  std::vector<RelationUse> relations;
  std::vector<ColumnUse> columns;
  std::vector<FunctionUse> functions;
  std::vector<TypeName> types; ///< Types that casts name.
  std::vector<OutputColumn> outputs;
  std::vector<int> scopes{-1}; ///< Parent of each scope; -1 for the outermost.
  /// The outermost SELECT has a LIMIT or FETCH. Of a change of rows: what picks or gives them has
  /// one, or is few rows by itself (an aggregate, VALUES).
  bool is_limited = false;
  bool has_where = false; ///< The outermost SELECT has a WHERE.
  bool has_from = false;  ///< The outermost SELECT has a FROM.
  /// WHERE of the outermost SELECT, where its FROM is one relation and nothing else. Of INSERT and
  /// MERGE: that of their source, with the conditions of its inner joins.
  ExpressionPointer condition;
  std::string text; ///< The query's SQL.
  Range where;
};

} // namespace lockstep::ops
