#include "evolve/row_bound.hpp"

#include <algorithm>
#include <array>

namespace lockstep {

/// Lists up to this long name their rows one by one; a longer one is a bulk change.
static constexpr size_t longest_key_list = 1000;

static bool isValue(const Expression &expression) {
  return isConstant(expression) || expression.kind == ExpressionKind::parameter;
}

static bool isColumn(const Expression &expression) {
  return expression.kind == ExpressionKind::column && expression.name != "*";
}

static bool isOperation(const Expression &expression, std::string_view name, size_t arguments) {
  return expression.kind == ExpressionKind::operation && expression.name == name &&
         expression.arguments.size() == arguments;
}

/// The column of `column = value`, either way round, or null.
static const Expression *columnEqualToValue(const Expression &part) {
  if (!isOperation(part, "=", 2))
    return nullptr;
  const Expression &left = part.arguments[0];
  const Expression &right = part.arguments[1];
  if (isColumn(left) && isValue(right))
    return &left;
  if (isColumn(right) && isValue(left))
    return &right;
  return nullptr;
}

/// The column of `column IN (few values)`, or null.
static const Expression *columnInValues(const Expression &part) {
  if (part.kind != ExpressionKind::operation || part.name != "in" || part.arguments.size() < 2 ||
      part.arguments.size() > longest_key_list + 1 || !isColumn(part.arguments[0]))
    return nullptr;
  bool values = std::all_of(part.arguments.begin() + 1, part.arguments.end(), isValue);
  return values ? &part.arguments[0] : nullptr;
}

/// True where one of the relation's unique keys consists of columns in `fixed`.
static bool coversUniqueKey(const Relation &relation, const Catalog &catalog,
                            const std::vector<std::string> &fixed) {
  auto isFixed = [&](const std::string &column) {
    return std::find(fixed.begin(), fixed.end(), column) != fixed.end();
  };
  for (const Relation *index : catalog.indexesOf(relation)) {
    if (!index->index->unique || index->index->predicate)
      continue;
    const std::vector<IndexElement> &elements = index->index->elements;
    if (std::all_of(elements.begin(), elements.end(), [&](const IndexElement &element) {
          return !element.expression && isFixed(element.column);
        }))
      return true;
  }
  return false;
}

/// `ctid` and `id` are taken as keys where the table's definition was never seen.
static bool isLikelyKey(const std::string &column) { return column == "id" || column == "ctid"; }

static void eachConjunct(const Expression &condition, std::vector<const Expression *> &parts) {
  if (condition.kind != ExpressionKind::conjunction) {
    parts.push_back(&condition);
    return;
  }
  for (const Expression &argument : condition.arguments)
    eachConjunct(argument, parts);
}

namespace {
/// What the conjuncts of a condition say about columns.
struct ConditionFacts {
  std::vector<std::string> fixed; ///< Columns equal to a few values.
  std::vector<std::string> lower; ///< Columns with a lower bound.
  std::vector<std::string> upper; ///< Columns with an upper bound.
  bool limited_subquery = false;  ///< Rows come from a sub-select with LIMIT.
};
} // namespace

static void addComparison(const Expression &part, ConditionFacts &facts) {
  static constexpr std::array<std::string_view, 2> greater{">", ">="};
  static constexpr std::array<std::string_view, 2> less{"<", "<="};
  if (part.kind != ExpressionKind::operation || part.arguments.size() != 2)
    return;
  bool is_greater = std::find(greater.begin(), greater.end(), part.name) != greater.end();
  bool is_less = std::find(less.begin(), less.end(), part.name) != less.end();
  if (!is_greater && !is_less)
    return;
  const Expression &left = part.arguments[0];
  const Expression &right = part.arguments[1];
  if (isColumn(left) && !isColumn(right))
    (is_greater ? facts.lower : facts.upper).push_back(left.name);
  else if (isColumn(right) && !isColumn(left))
    (is_greater ? facts.upper : facts.lower).push_back(right.name);
}

static ConditionFacts factsOf(const Expression &condition) {
  ConditionFacts facts;
  std::vector<const Expression *> parts;
  eachConjunct(condition, parts);
  for (const Expression *part : parts) {
    if (const Expression *column = columnEqualToValue(*part))
      facts.fixed.push_back(column->name);
    else if (const Expression *listed = columnInValues(*part))
      facts.fixed.push_back(listed->name);
    else if (part->kind == ExpressionKind::operation && part->name == "between" &&
             isColumn(part->arguments[0])) {
      facts.lower.push_back(part->arguments[0].name);
      facts.upper.push_back(part->arguments[0].name);
    } else {
      addComparison(*part, facts);
    }
    forEachNode(*part, [&](const Expression &node) {
      if (node.kind == ExpressionKind::subquery && node.query && node.query->is_limited)
        facts.limited_subquery = true;
    });
  }
  return facts;
}

/// True where `column` leads a unique or primary key, so that a stretch of it bounds the rows.
static bool leadsKey(const Relation *relation, const Catalog &catalog, const std::string &column) {
  if (!relation || relation->partial)
    return isLikelyKey(column);
  if (column == "ctid")
    return true;
  std::vector<const Relation *> indexes = catalog.indexesOf(*relation);
  return std::any_of(indexes.begin(), indexes.end(), [&](const Relation *index) {
    return index->index->unique && !index->index->elements.empty() &&
           index->index->elements.front().column == column;
  });
}

static RowBound boundOf(const QualifiedName &table, const std::optional<Expression> &condition,
                        bool joins, const Catalog &catalog) {
  if (!condition)
    return RowBound::unbounded;
  const Relation *relation = catalog.findRelation(table);
  ConditionFacts facts = factsOf(*condition);
  bool keyed = relation && !relation->partial
                   ? coversUniqueKey(*relation, catalog, facts.fixed)
                   : std::any_of(facts.fixed.begin(), facts.fixed.end(), isLikelyKey);
  if (keyed)
    return RowBound::keyed;
  if (facts.limited_subquery)
    return RowBound::batched;
  for (const std::string &column : facts.lower) {
    bool both = std::find(facts.upper.begin(), facts.upper.end(), column) != facts.upper.end();
    if (both && leadsKey(relation, catalog, column))
      return RowBound::batched;
  }
  // A join with a limited CTE or sub-select: the batch is what it yields.
  return joins ? RowBound::batched : RowBound::unbounded;
}

RowBound rowBoundOf(const Insert &op, const Catalog &) {
  if (op.source != InsertSource::query)
    return RowBound::literal;
  if (op.query.relations.empty())
    return RowBound::literal;
  return op.query.is_limited ? RowBound::batched : RowBound::unbounded;
}

RowBound rowBoundOf(const Update &op, const Catalog &catalog) {
  return boundOf(op.table, op.condition, op.has_from && op.query.is_limited, catalog);
}

RowBound rowBoundOf(const Delete &op, const Catalog &catalog) {
  return boundOf(op.table, op.condition, op.has_using && op.query.is_limited, catalog);
}

bool isTautology(const std::optional<Expression> &condition) {
  if (!condition)
    return true;
  const Expression &root = *condition;
  if (root.kind == ExpressionKind::constant)
    return root.literal == LiteralKind::boolean && root.name == "true";
  if (!isOperation(root, "=", 2))
    return false;
  const Expression &left = root.arguments[0];
  const Expression &right = root.arguments[1];
  bool same = left.kind == right.kind && left.name == right.name && left.schema == right.schema;
  return same && (left.kind == ExpressionKind::constant || isColumn(left));
}

} // namespace lockstep
