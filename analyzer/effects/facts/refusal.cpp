#include "effects/facts/refusal.hpp"

#include "base/pg/functions.hpp"
#include "base/text.hpp"
#include "catalog/model/apply_result.hpp"
#include "effects/facts/effect.hpp"
#include "effects/facts/type_change.hpp"
#include "effects/facts/value_type.hpp"

#include <algorithm>

namespace lockstep::effects {

// --- Types ---------------------------------------------------------------------------------------

/// As format_type prints it.
static std::string typeText(const TypeName &type, const Catalog &catalog, int postgres) {
  const ValueType value = valueTypeOf(type, catalog, postgres);
  if (!value.isBuiltin())
    return sqlType(type);
  const auto builtin = findBuiltinType(value.name, postgres);
  return builtin ? std::string(builtin->sql) : sqlType(type);
}

/// True for a default that has the column's own type: a string literal, or TRUE and FALSE of a
/// boolean. What others are converted from is the server's choice.
static bool hasColumnType(const Expression &value, const Column &column) {
  const Expression *node = &value;
  if (node->kind == ExpressionKind::cast && node->type && node->type->name == column.type.name)
    node = &node->arguments.front();
  if (node->kind != ExpressionKind::constant)
    return false;
  return node->literal == LiteralKind::string ||
         (node->literal == LiteralKind::boolean && column.type.name == "bool");
}

std::optional<Refusal> refusedConversion(const AlterColumnType &op, const Relation &table,
                                         const Catalog &catalog, int postgres) {
  const Column *column = table.findColumn(op.column);
  if (!column || column->type.empty())
    return std::nullopt;
  // Arrays of the user's own types are converted element by element.
  const ValueType to = valueTypeOf(op.type, catalog, postgres);
  if (to.is_array && !to.isBuiltin())
    return std::nullopt;
  AlterColumnType plain = op;
  plain.using_expression.reset();
  const TypeChange change =
      typeChange(*column, plain, catalog, EffectOptions{.postgres = postgres});
  if (change.possible)
    return std::nullopt;
  const std::string type = typeText(op.type, catalog, postgres);
  if (!op.using_expression)
    return Refusal{"42804",
                   format("column \"{}\" cannot be cast automatically to type {}", op.column, type),
                   op.where, table.qualifiedName()};
  if (column->default_value && hasColumnType(column->default_value->root, *column))
    return Refusal{"42804",
                   format("default for column \"{}\" cannot be cast automatically to type {}",
                          op.column, type),
                   op.where, table.qualifiedName()};
  return std::nullopt;
}

// --- Expressions ---------------------------------------------------------------------------------

/// True where the expression surely calls something that is not immutable, whatever the types of
/// its arguments.
static bool isSurelyMutable(const Expression &root, int postgres) {
  bool found = false;
  forEachNode(root, [&](const Expression &node) {
    if (node.kind == ExpressionKind::special)
      found = found || node.name.starts_with("current_") || node.name.starts_with("local") ||
              node.name == "session_user" || node.name == "user";
    if (node.kind != ExpressionKind::function ||
        (!node.schema.empty() && node.schema != "pg_catalog"))
      return;
    const auto function = findFunction(node.name, node.arguments.size(), postgres);
    found = found || (function && function->extension.empty() &&
                      function->best != FunctionVolatility::immutable);
  });
  return found;
}

static bool hasSubquery(const Expression &root) {
  bool found = false;
  forEachNode(root, [&](const Expression &node) {
    found = found || node.kind == ExpressionKind::subquery;
  });
  return found;
}

static bool hasColumn(const Expression &root) {
  bool found = false;
  forEachNode(root, [&](const Expression &node) {
    found = found || (node.kind == ExpressionKind::column && node.schema.empty());
  });
  return found;
}

static std::optional<Refusal> refusedDefault(const SqlExpression &value) {
  if (hasSubquery(value.root))
    return Refusal{"0A000", "cannot use subquery in DEFAULT expression", value.where(), {}};
  if (hasColumn(value.root))
    return Refusal{"0A000", "cannot use column reference in DEFAULT expression", value.where(), {}};
  return std::nullopt;
}

static std::optional<Refusal> refusedGeneration(const SqlExpression &value, int postgres) {
  if (hasSubquery(value.root))
    return Refusal{
        "0A000", "cannot use subquery in column generation expression", value.where(), {}};
  if (isSurelyMutable(value.root, postgres))
    return Refusal{"42P17", "generation expression is not immutable", value.where(), {}};
  return std::nullopt;
}

static std::optional<Refusal> refusedConstraint(const ConstraintDef &constraint) {
  if (constraint.kind == ConstraintKind::check && constraint.expression &&
      hasSubquery(constraint.expression->root))
    return Refusal{
        "0A000", "cannot use subquery in check constraint", constraint.expression->where(), {}};
  return std::nullopt;
}

static std::optional<Refusal> refusedColumn(const ColumnDef &column, int postgres) {
  if (column.default_value)
    if (auto refusal = refusedDefault(*column.default_value))
      return refusal;
  if (column.generation)
    if (auto refusal = refusedGeneration(*column.generation, postgres))
      return refusal;
  for (const ConstraintDef &constraint : column.constraints)
    if (auto refusal = refusedConstraint(constraint))
      return refusal;
  return std::nullopt;
}

namespace {
struct RefusedExpression {
  int postgres;

  std::optional<Refusal> operator()(const AddColumn &op) const {
    return refusedColumn(op.column, postgres);
  }
  std::optional<Refusal> operator()(const SetDefault &op) const {
    return op.value ? refusedDefault(*op.value) : std::nullopt;
  }
  std::optional<Refusal> operator()(const SetGenerationExpression &op) const {
    return refusedGeneration(op.expression, postgres);
  }
  std::optional<Refusal> operator()(const AddConstraint &op) const {
    return refusedConstraint(op.constraint);
  }
  std::optional<Refusal> operator()(const CreateTable &op) const {
    for (const ColumnDef &column : op.columns)
      if (auto refusal = refusedColumn(column, postgres))
        return refusal;
    for (const ConstraintDef &constraint : op.constraints)
      if (auto refusal = refusedConstraint(constraint))
        return refusal;
    return std::nullopt;
  }
  std::optional<Refusal> operator()(const CreateIndex &op) const {
    for (const IndexElement &element : op.elements) {
      if (!element.expression)
        continue;
      if (hasSubquery(element.expression->root))
        return Refusal{
            "0A000", "cannot use subquery in index expression", element.expression->where(), {}};
      if (isSurelyMutable(element.expression->root, postgres))
        return Refusal{"42P17",
                       "functions in index expression must be marked IMMUTABLE",
                       element.expression->where(),
                       {}};
    }
    if (op.predicate && hasSubquery(op.predicate->root))
      return Refusal{"0A000", "cannot use subquery in index predicate", op.predicate->where(), {}};
    if (op.predicate && isSurelyMutable(op.predicate->root, postgres))
      return Refusal{"42P17",
                     "functions in index predicate must be marked IMMUTABLE",
                     op.predicate->where(),
                     {}};
    return std::nullopt;
  }
  std::optional<Refusal> operator()(const DropObject &op) const {
    if (op.kind != ObjectKind::index || !op.concurrently || !(op.several || op.cascade))
      return std::nullopt;
    return Refusal{"0A000",
                   op.several ? "DROP INDEX CONCURRENTLY does not support dropping multiple objects"
                              : "DROP INDEX CONCURRENTLY does not support CASCADE",
                   op.where,
                   {}};
  }
  std::optional<Refusal> operator()(const Insert &op) const {
    for (auto it = op.columns.begin(); it != op.columns.end(); ++it)
      if (std::find(op.columns.begin(), it, *it) != it)
        return Refusal{
            "42701", format("column \"{}\" specified more than once", *it), op.where, {}};
    return std::nullopt;
  }
  /// The expressions of these are not looked at.
  template <OneOf<AlterColumnType, AttachPartition, CreateDomain, AlterDomain, CreateFunction,
                  CreateTrigger, CreatePolicy, AlterPolicy>
                Kind>
  std::optional<Refusal> operator()(const Kind &) const {
    return std::nullopt;
  }
  template <Answering<Expressions::none> Kind>
  std::optional<Refusal> operator()(const Kind &) const {
    return std::nullopt;
  }
};
} // namespace

std::optional<Refusal> refusedExpression(const Op &op, int postgres) {
  return std::visit(RefusedExpression{postgres}, op);
}

} // namespace lockstep::effects
