#include "evolve/row_bound.hpp"

#include <algorithm>

namespace lockstep {

/// Lists up to this long name their rows one by one; a longer one is a bulk change.
static constexpr size_t longest_key_list = 1000;

namespace {
/// The table whose rows a statement changes, as its condition may name it.
struct Target {
  const Relation *relation = nullptr; ///< Null where the history never saw it.
  const QualifiedName &table;
  const std::string &alias;
  bool joins = false; ///< FROM or USING has relations: other names may be columns, too.
};

/// What the conjuncts of a condition say about the target's columns.
struct ConditionFacts {
  std::vector<std::string> fixed; ///< Equal to a few values.
  std::vector<std::string> lower; ///< With a lower bound.
  std::vector<std::string> upper; ///< With an upper bound.
  bool limited_subquery = false;  ///< Rows come from a sub-select with LIMIT.
};
} // namespace

/// `ctid` and `id` are taken as keys where the table's definition was never seen.
static bool isLikelyKey(std::string_view column) { return column == "id" || column == "ctid"; }

static bool isDefined(const Relation *relation) { return relation && !relation->partial; }

/// True for a column of the target; inside a PL/pgSQL body, variables are written like columns.
static bool isColumn(const Expression &expression, const Target &target) {
  if (expression.kind != ExpressionKind::column || expression.name == "*")
    return false;
  if (!expression.schema.empty() && expression.schema != target.table.name &&
      expression.schema != target.alias)
    return false;
  if (!isDefined(target.relation))
    return isLikelyKey(expression.name);
  return expression.name == "ctid" || target.relation->findColumn(expression.name);
}

/// True for what does not change from row to row: constants, parameters, variables.
static bool isValue(const Expression &expression, const Target &target) {
  bool fixed = true;
  forEachNode(expression, [&](const Expression &node) {
    bool varies = node.kind == ExpressionKind::subquery ||
                  (node.kind == ExpressionKind::column && (target.joins || isColumn(node, target)));
    fixed = fixed && !varies;
  });
  return fixed;
}

static bool isOperation(const Expression &expression, std::string_view name, size_t arguments) {
  return expression.kind == ExpressionKind::operation && expression.name == name &&
         expression.arguments.size() == arguments;
}

/// True for `(SELECT …)` as a value, which is one for all rows: nothing in it is of the target.
static bool isOneRow(const Expression &expression) {
  if (expression.kind != ExpressionKind::subquery || !expression.name.empty() || !expression.query)
    return false;
  const std::vector<ColumnUse> &columns = expression.query->columns;
  return std::none_of(columns.begin(), columns.end(), [](const ColumnUse &column) {
    return column.relation == ColumnUse::of_target;
  });
}

/// The column of `column = value`, either way round, or null.
static const Expression *columnEqualToValue(const Expression &part, const Target &target) {
  if (!isOperation(part, "=", 2))
    return nullptr;
  const Expression &left = part.arguments[0];
  const Expression &right = part.arguments[1];
  if (isColumn(left, target) && (isValue(right, target) || isOneRow(right)))
    return &left;
  if (isColumn(right, target) && (isValue(left, target) || isOneRow(left)))
    return &right;
  return nullptr;
}

/// The column of `column = ANY (array)`, or null.
static const Expression *columnInArray(const Expression &part, const Target &target) {
  bool listed = isOperation(part, "= any", 2) && isColumn(part.arguments[0], target) &&
                isValue(part.arguments[1], target);
  return listed ? &part.arguments[0] : nullptr;
}

/// The column of `column IN (few values)`, or null.
static const Expression *columnInValues(const Expression &part, const Target &target) {
  if (part.kind != ExpressionKind::operation || part.name != "in" || part.arguments.size() < 2 ||
      part.arguments.size() > longest_key_list + 1 || !isColumn(part.arguments[0], target))
    return nullptr;
  bool values = std::all_of(part.arguments.begin() + 1, part.arguments.end(),
                            [&](const Expression &value) { return isValue(value, target); });
  return values ? &part.arguments[0] : nullptr;
}

static void addComparison(const Expression &part, const Target &target, ConditionFacts &facts) {
  if (part.kind != ExpressionKind::operation || part.arguments.size() != 2)
    return;
  bool is_greater = part.name == ">" || part.name == ">=";
  bool is_less = part.name == "<" || part.name == "<=";
  if (!is_greater && !is_less)
    return;
  const Expression &left = part.arguments[0];
  const Expression &right = part.arguments[1];
  if (isColumn(left, target) && isValue(right, target))
    (is_greater ? facts.lower : facts.upper).push_back(left.name);
  else if (isColumn(right, target) && isValue(left, target))
    (is_greater ? facts.upper : facts.lower).push_back(right.name);
}

static void eachConjunct(const Expression &condition, std::vector<const Expression *> &parts) {
  if (condition.kind != ExpressionKind::conjunction) {
    parts.push_back(&condition);
    return;
  }
  for (const Expression &argument : condition.arguments)
    eachConjunct(argument, parts);
}

/// True for `x IN (SELECT … LIMIT n)` and `x = ANY (ARRAY(SELECT … LIMIT n))`: a sub-select that is
/// only compared with, or that rows must not be in, bounds nothing.
static bool picksLimitedRows(const Expression &part) {
  const auto isLimited = [](const Expression &node) {
    return node.kind == ExpressionKind::subquery && node.query && node.query->is_limited;
  };
  if (part.kind == ExpressionKind::subquery)
    return (part.name == "in" || part.name == "=") && isLimited(part);
  return (isOperation(part, "=", 2) || isOperation(part, "= any", 2)) &&
         (isLimited(part.arguments[0]) || isLimited(part.arguments[1]));
}

static ConditionFacts factsOf(const Expression &condition, const Target &target) {
  ConditionFacts facts;
  std::vector<const Expression *> parts;
  eachConjunct(condition, parts);
  for (const Expression *part : parts) {
    if (const Expression *column = columnEqualToValue(*part, target))
      facts.fixed.push_back(column->name);
    else if (const Expression *listed = columnInValues(*part, target))
      facts.fixed.push_back(listed->name);
    else if (const Expression *chosen = columnInArray(*part, target))
      facts.fixed.push_back(chosen->name);
    else if (part->kind == ExpressionKind::operation && part->name == "between" &&
             isColumn(part->arguments[0], target)) {
      facts.lower.push_back(part->arguments[0].name);
      facts.upper.push_back(part->arguments[0].name);
    } else {
      addComparison(*part, target, facts);
    }
    facts.limited_subquery = facts.limited_subquery || picksLimitedRows(*part);
  }
  return facts;
}

/// True where one of the relation's unique keys consists of columns in `fixed`.
static bool coversUniqueKey(const Relation &relation, const Catalog &catalog,
                            const std::vector<std::string> &fixed) {
  auto isFixed = [&](const IndexElement &element) {
    return !element.expression &&
           std::find(fixed.begin(), fixed.end(), element.column) != fixed.end();
  };
  std::vector<const Relation *> indexes = catalog.indexesOf(relation);
  return std::any_of(indexes.begin(), indexes.end(), [&](const Relation *index) {
    const std::vector<IndexElement> &elements = index->index->elements;
    return index->index->unique && !index->index->predicate &&
           std::all_of(elements.begin(), elements.end(), isFixed);
  });
}

/// True where `column` leads a unique or primary key, so that a stretch of it bounds the rows.
static bool leadsKey(const Relation *relation, const Catalog &catalog, const std::string &column) {
  if (!isDefined(relation) || column == "ctid")
    return isLikelyKey(column);
  std::vector<const Relation *> indexes = catalog.indexesOf(*relation);
  return std::any_of(indexes.begin(), indexes.end(), [&](const Relation *index) {
    return index->index->unique && !index->index->elements.empty() &&
           index->index->elements.front().column == column;
  });
}

/// `limited_join`: what FROM, USING or WITH holds has a LIMIT: the batch is what it yields.
static RowBound boundOf(const Target &target, const std::optional<Expression> &condition,
                        bool limited_join, const Catalog &catalog) {
  if (!condition)
    return RowBound::unbounded;
  ConditionFacts facts = factsOf(*condition, target);
  bool keyed = isDefined(target.relation)
                   ? coversUniqueKey(*target.relation, catalog, facts.fixed)
                   : std::any_of(facts.fixed.begin(), facts.fixed.end(), isLikelyKey);
  if (keyed)
    return RowBound::keyed;
  if (facts.limited_subquery || limited_join)
    return RowBound::batched;
  for (const std::string &column : facts.lower) {
    bool both = std::find(facts.upper.begin(), facts.upper.end(), column) != facts.upper.end();
    if (both && leadsKey(target.relation, catalog, column))
      return RowBound::batched;
  }
  return RowBound::unbounded;
}

/// Of rows that come from a query: those of its condition, where they are of one relation.
static RowBound boundOfSource(const Query &query, const Catalog &catalog) {
  if (query.is_limited)
    return RowBound::batched;
  if (!query.condition || query.relations.empty())
    return RowBound::unbounded;
  const RelationUse &source = query.relations.front();
  return boundOf({catalog.findRelation(source.name), source.name, source.alias, false},
                 query.condition, false, catalog);
}

static bool reads(const Query &query) {
  return std::any_of(query.relations.begin(), query.relations.end(),
                     [](const RelationUse &use) { return use.access != Access::write; });
}

static bool writes(const Query &query) {
  return std::any_of(query.relations.begin(), query.relations.end(),
                     [](const RelationUse &use) { return use.access == Access::write; });
}

RowBound rowBoundOf(const Insert &op, const Catalog &catalog) {
  // What a WITH changes is bounded there, and no more comes from it.
  if (op.source != InsertSource::query || !reads(op.query) || writes(op.query))
    return RowBound::literal;
  return boundOfSource(op.query, catalog);
}

RowBound rowBoundOf(const Update &op, const Catalog &catalog) {
  Target target{catalog.findRelation(op.table), op.table, op.alias,
                op.has_from && !op.query.relations.empty()};
  return boundOf(target, op.condition, op.query.is_limited, catalog);
}

RowBound rowBoundOf(const Delete &op, const Catalog &catalog) {
  Target target{catalog.findRelation(op.table), op.table, op.alias,
                op.has_using && !op.query.relations.empty()};
  return boundOf(target, op.condition, op.query.is_limited, catalog);
}

RowBound rowBoundOf(const Merge &op, const Catalog &catalog) {
  if (!reads(op.query) || writes(op.query))
    return RowBound::literal;
  return boundOfSource(op.query, catalog);
}

static bool isBoolean(const Expression &expression, std::string_view value) {
  return expression.kind == ExpressionKind::constant &&
         expression.literal == LiteralKind::boolean && expression.name == value;
}

static bool isAlwaysTrue(const Expression &root, const Relation *table) {
  const auto holds = [&](const Expression &part) { return isAlwaysTrue(part, table); };
  switch (root.kind) {
  case ExpressionKind::constant:
    return isBoolean(root, "true");
  case ExpressionKind::negation:
    return isBoolean(root.arguments[0], "false");
  case ExpressionKind::conjunction:
    return std::all_of(root.arguments.begin(), root.arguments.end(), holds);
  case ExpressionKind::disjunction:
    return std::any_of(root.arguments.begin(), root.arguments.end(), holds);
  case ExpressionKind::is_not_null: {
    const Expression &operand = root.arguments[0];
    const Column *column =
        table && operand.kind == ExpressionKind::column ? table->findColumn(operand.name) : nullptr;
    return column && column->not_null;
  }
  default:
    break;
  }
  if (!isOperation(root, "=", 2))
    return false;
  const Expression &left = root.arguments[0];
  const Expression &right = root.arguments[1];
  bool same = left.kind == right.kind && left.name == right.name && left.schema == right.schema;
  return same && (left.kind == ExpressionKind::constant || left.kind == ExpressionKind::column);
}

bool isTautology(const std::optional<Expression> &condition, const Relation *table) {
  return !condition || isAlwaysTrue(*condition, table);
}

} // namespace lockstep
