#include "evolve/row_bound.hpp"

#include <algorithm>

namespace lockstep::evolve {

/// Lists up to this long name their rows one by one; a longer one is a bulk change.
static constexpr size_t longest_key_list = 1000;

namespace {
/// A table of a statement, as its condition may name it.
struct Table {
  const Relation *relation = nullptr; ///< Null where the history never saw it.
  const QualifiedName &name;
  const std::string &alias;
  RowBound bound = RowBound::unbounded; ///< What is known by now.
};

/// The tables of one SELECT level.
struct Level {
  const Catalog &catalog;
  std::vector<Table> tables;
  bool has_others = false; ///< FROM holds more than these: other names may be columns, too.
};

/// Where `column` lies, as far as the condition says.
struct Stretch {
  std::string column;
  bool lower = false;
  bool upper = false;
  bool moves = true; ///< Both bounds follow variables: a loop's window.
};

/// What the conjuncts of a condition say about a table's columns.
struct ConditionFacts {
  std::vector<std::string> fixed; ///< Equal to a few values.
  std::vector<Stretch> stretches;
  bool limited_subquery = false; ///< Rows come from a sub-select with LIMIT.
  bool current_of = false;       ///< WHERE CURRENT OF.
};
} // namespace

/// `ctid` and `id` are taken as keys where the table's definition was never seen.
static bool isLikelyKey(std::string_view column) { return column == "id" || column == "ctid"; }

static bool isDefined(const Relation *relation) { return relation && !relation->partial; }

/// True for a qualified column whose qualifier is the table.
static bool isNamed(const Expression &column, const Table &table) {
  return !column.schema.empty() &&
         (column.schema == table.alias || column.schema == table.name.name ||
          column.schema == table.name.schema + "." + table.name.name);
}

/// True for a column of the table; inside a PL/pgSQL body, variables are written like columns.
static bool isColumn(const Expression &expression, const Table &table) {
  if (expression.kind != ExpressionKind::column || expression.name == "*")
    return false;
  if (!expression.schema.empty() && !isNamed(expression, table))
    return false;
  if (!isDefined(table.relation))
    return isLikelyKey(expression.name);
  return expression.name == "ctid" || table.relation->findColumn(expression.name);
}

/// True where the sub-select gives the same answer for every row of `outer`.
static bool standsAlone(const Query &query, const Level &outer) {
  for (const ColumnUse &column : query.columns)
    if (column.relation == ColumnUse::of_target)
      return false;
  if (!query.has_where)
    return true;
  if (!query.condition || query.relations.empty())
    return false;
  const RelationUse &use = query.relations.front();
  const Table inner{outer.catalog.findRelation(use.name), use.name, use.alias};
  bool alone = true;
  forEachNode(*query.condition, [&](const Expression &node) {
    if (node.kind == ExpressionKind::subquery)
      alone = false;
    if (node.kind != ExpressionKind::column || isColumn(node, inner) || isNamed(node, inner))
      return;
    const bool is_outer = !node.schema.empty() ||
                          std::any_of(outer.tables.begin(), outer.tables.end(),
                                      [&](const Table &table) { return isColumn(node, table); });
    alone = alone && !is_outer;
  });
  return alone;
}

/// True for a column that differs from row to row, of a table whose rows nothing bounds yet.
static bool varies(const Expression &column, const Level &level) {
  for (const Table &table : level.tables) {
    if (isColumn(column, table))
      return table.bound == RowBound::unbounded;
    if (isNamed(column, table))
      return true;
  }
  return level.has_others;
}

/// True for what has few values: constants, parameters, variables, columns of few rows.
static bool isValue(const Expression &expression, const Level &level) {
  bool fixed = true;
  forEachNode(expression, [&](const Expression &node) {
    if (node.kind == ExpressionKind::column)
      fixed = fixed && !varies(node, level);
    else if (node.kind == ExpressionKind::subquery)
      fixed = fixed && node.name.empty() && node.arguments.empty() && node.query &&
              standsAlone(*node.query, level);
  });
  return fixed;
}

static bool isOperation(const Expression &expression, std::string_view name, size_t arguments) {
  return expression.kind == ExpressionKind::operation && expression.name == name &&
         expression.arguments.size() == arguments;
}

/// A sub-select with LIMIT, or an array of its rows.
static bool isLimited(const Expression &expression) {
  const Expression *node = &expression;
  while (node->kind == ExpressionKind::cast)
    node = &node->arguments.front();
  return node->kind == ExpressionKind::subquery && node->query && node->query->is_limited;
}

/// True for `x IN (SELECT … LIMIT n)` and `x = ANY (ARRAY(SELECT … LIMIT n))`: a sub-select that is
/// only compared with, or that rows must not be in, bounds nothing.
static bool picksLimitedRows(const Expression &part) {
  if (part.kind == ExpressionKind::subquery)
    return (part.name == "in" || part.name == "=") && isLimited(part);
  return (isOperation(part, "=", 2) || isOperation(part, "= any", 2)) &&
         (isLimited(part.arguments[0]) || isLimited(part.arguments[1]));
}

static RowBound boundOf(const Query &query, const Catalog &catalog);

namespace {
/// Reads what a condition says about one table.
class FactReader {
public:
  FactReader(const Level &level, const Table &table) : level_(level), table_(table) {}

  [[nodiscard]] ConditionFacts read(const Expression &condition);

private:
  [[nodiscard]] bool equal(const Expression &left, const Expression &right);
  void fix(const Expression &column);
  void readConjunct(const Expression &part);
  void readAlternatives(const Expression &part);
  void readList(const Expression &part);
  void readSubquery(const Expression &part);
  void readComparison(const Expression &part);
  void addBound(const Expression &column, const Expression &value, bool is_lower);

  [[nodiscard]] bool isOwn(const Expression &expression) const {
    return isColumn(expression, table_);
  }
  [[nodiscard]] bool isFixed(const Expression &expression) const {
    return isValue(expression, level_);
  }

  const Level &level_;
  const Table &table_;
  ConditionFacts facts_;
};
} // namespace

ConditionFacts FactReader::read(const Expression &condition) {
  std::vector<const Expression *> open{&condition};
  while (!open.empty()) {
    const Expression *part = open.back();
    open.pop_back();
    if (part->kind == ExpressionKind::conjunction)
      for (const Expression &argument : part->arguments)
        open.push_back(&argument);
    else
      readConjunct(*part);
  }
  return std::move(facts_);
}

/// The column, or those of (a, b).
void FactReader::fix(const Expression &column) {
  if (column.kind != ExpressionKind::row)
    return facts_.fixed.push_back(column.name);
  for (const Expression &each : column.arguments)
    if (isOwn(each))
      facts_.fixed.push_back(each.name);
}

/// column = value, also (a, b) = (1, 2), whose columns each have theirs.
bool FactReader::equal(const Expression &left, const Expression &right) {
  if (isOwn(left) && isFixed(right)) {
    fix(left);
    return true;
  }
  if (left.kind != ExpressionKind::row || right.kind != ExpressionKind::row ||
      left.arguments.size() != right.arguments.size())
    return false;
  bool any = false;
  for (size_t i = 0; i < left.arguments.size(); ++i)
    any = equal(left.arguments[i], right.arguments[i]) || any;
  return any;
}

void FactReader::readConjunct(const Expression &part) {
  facts_.limited_subquery = facts_.limited_subquery || picksLimitedRows(part);
  if (part.kind == ExpressionKind::other && part.name == "current of")
    facts_.current_of = true;
  else if (part.kind == ExpressionKind::disjunction)
    readAlternatives(part);
  else if (part.kind == ExpressionKind::subquery)
    readSubquery(part);
  else if (isOperation(part, "=", 2))
    (void)(equal(part.arguments[0], part.arguments[1]) ||
           equal(part.arguments[1], part.arguments[0]));
  else if (isOperation(part, "= any", 2))
    (void)equal(part.arguments[0], part.arguments[1]);
  else if (part.kind == ExpressionKind::operation)
    readComparison(part);
}

/// `id = 1 OR id IN (2, 3)`: what each of them fixes has as few values as all of them together.
void FactReader::readAlternatives(const Expression &part) {
  if (part.arguments.empty() || part.arguments.size() > longest_key_list)
    return;
  std::vector<std::string> common = FactReader(level_, table_).read(part.arguments.front()).fixed;
  for (const Expression &alternative : part.arguments) {
    if (common.empty())
      return;
    const std::vector<std::string> fixed = FactReader(level_, table_).read(alternative).fixed;
    std::erase_if(common, [&](const std::string &column) {
      return std::find(fixed.begin(), fixed.end(), column) == fixed.end();
    });
  }
  facts_.fixed.insert(facts_.fixed.end(), common.begin(), common.end());
}

/// column IN (few values), (a, b) IN (few rows).
void FactReader::readList(const Expression &part) {
  if (part.arguments.size() < 2 || part.arguments.size() > longest_key_list + 1)
    return;
  const Expression &column = part.arguments[0];
  const bool values = std::all_of(part.arguments.begin() + 1, part.arguments.end(),
                                  [&](const Expression &value) { return isFixed(value); });
  if (values && (isOwn(column) || column.kind == ExpressionKind::row))
    fix(column);
}

/// column IN (SELECT …) of few rows, the same for all.
void FactReader::readSubquery(const Expression &part) {
  if ((part.name != "in" && part.name != "=") || part.arguments.size() != 1 || !part.query ||
      !standsAlone(*part.query, level_))
    return;
  const RowBound bound = boundOf(*part.query, level_.catalog);
  if (bound == RowBound::literal || bound == RowBound::keyed)
    if (const Expression &column = part.arguments[0];
        isOwn(column) || column.kind == ExpressionKind::row)
      fix(column);
}

void FactReader::addBound(const Expression &column, const Expression &value, bool is_lower) {
  auto found = std::find_if(facts_.stretches.begin(), facts_.stretches.end(),
                            [&](const Stretch &stretch) { return stretch.column == column.name; });
  if (found == facts_.stretches.end())
    found = facts_.stretches.insert(found, {.column = column.name});
  bool follows = false;
  forEachNode(value, [&](const Expression &node) {
    follows =
        follows || node.kind == ExpressionKind::column || node.kind == ExpressionKind::parameter;
  });
  (is_lower ? found->lower : found->upper) = true;
  found->moves = found->moves && follows;
}

void FactReader::readComparison(const Expression &part) {
  if (part.name == "in")
    return readList(part);
  if (isOperation(part, "between", 3)) {
    const Expression &column = part.arguments[0];
    if (!isOwn(column) || !isFixed(part.arguments[1]) || !isFixed(part.arguments[2]))
      return;
    addBound(column, part.arguments[1], true);
    return addBound(column, part.arguments[2], false);
  }
  const bool is_greater = part.name == ">" || part.name == ">=";
  const bool is_less = part.name == "<" || part.name == "<=";
  if ((!is_greater && !is_less) || part.arguments.size() != 2)
    return;
  const Expression &left = part.arguments[0];
  const Expression &right = part.arguments[1];
  if (isOwn(left) && isFixed(right))
    addBound(left, right, is_greater);
  else if (isOwn(right) && isFixed(left))
    addBound(right, left, is_less);
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

/// What the condition says about one table, given what is known of the others.
static RowBound boundOf(const Table &table, const Expression &condition, const Level &level) {
  const ConditionFacts facts = FactReader(level, table).read(condition);
  const std::vector<std::string> &fixed = facts.fixed;
  const bool has_ctid = std::find(fixed.begin(), fixed.end(), "ctid") != fixed.end();
  const bool keyed = isDefined(table.relation)
                         ? has_ctid || coversUniqueKey(*table.relation, level.catalog, fixed)
                         : std::any_of(fixed.begin(), fixed.end(), isLikelyKey);
  if (keyed || facts.current_of)
    return RowBound::keyed;
  const bool in_stretch =
      std::any_of(facts.stretches.begin(), facts.stretches.end(), [&](const Stretch &stretch) {
        return stretch.lower && stretch.upper &&
               (stretch.moves || leadsKey(table.relation, level.catalog, stretch.column));
      });
  return facts.limited_subquery || in_stretch ? RowBound::batched : RowBound::unbounded;
}

/// Bounds the tables one by the other, as `b.id = a.b_id` does once a's rows are few.
static void boundAll(Level &level, const Expression &condition) {
  for (bool changed = true; changed;) {
    changed = false;
    for (Table &table : level.tables) {
      if (table.bound != RowBound::unbounded)
        continue;
      table.bound = boundOf(table, condition, level);
      changed = changed || table.bound != RowBound::unbounded;
    }
  }
}

/// Adds the tables of one level of the query.
static void addTables(const Query &query, int scope, Level &level) {
  for (const RelationUse &use : query.relations)
    if (use.scope == scope && use.access != Access::write)
      level.tables.push_back({level.catalog.findRelation(use.name), use.name, use.alias});
}

static bool uses(const Query &query, bool writing) {
  return std::any_of(query.relations.begin(), query.relations.end(), [&](const RelationUse &use) {
    return (use.access == Access::write) == writing;
  });
}

/// The rows of a query whose tables stand in `scope`.
static RowBound boundOf(const Query &query, int scope, const Catalog &catalog) {
  // What a WITH changes is bounded there, and no more comes from it.
  if (!uses(query, false) || uses(query, true))
    return RowBound::literal;
  if (query.is_limited)
    return RowBound::batched;
  Level level{catalog, {}};
  addTables(query, scope, level);
  if (!query.condition || level.tables.empty())
    return RowBound::unbounded;
  boundAll(level, *query.condition);
  RowBound bound = RowBound::keyed;
  for (const Table &table : level.tables)
    bound = std::max(bound, table.bound);
  return bound;
}

static RowBound boundOf(const Query &query, const Catalog &catalog) {
  return boundOf(query, 0, catalog);
}

/// The tables of the SELECT that rows come from are one level below the statement's own.
static constexpr int source_scope = 1;

RowBound rowBoundOf(const Insert &op, const Catalog &catalog) {
  return op.source == InsertSource::query ? boundOf(op.query, source_scope, catalog)
                                          : RowBound::literal;
}

RowBound rowBoundOf(const Merge &op, const Catalog &catalog) {
  return boundOf(op.query, source_scope, catalog);
}

/// True where FROM or WITH has sub-selects, whose columns are not known.
static bool hasDerivedTable(const Query &query) {
  return std::any_of(query.scopes.begin() + 1, query.scopes.end(),
                     [](int parent) { return parent < 0; });
}

/// UPDATE and DELETE: `joins` where there is a FROM or USING.
static RowBound boundOfTarget(const Table &target, const ExpressionPointer &condition,
                              const Query &query, bool joins, const Catalog &catalog) {
  if (!condition)
    return RowBound::unbounded;
  // Joined to nothing that a table holds, it is joined to rows that the statement lists.
  Level level{catalog, {target}, joins && !query.relations.empty() && hasDerivedTable(query)};
  addTables(query, 0, level);
  boundAll(level, *condition);
  const RowBound bound = level.tables.front().bound;
  // What FROM, USING or WITH holds has a LIMIT: the batch is what it yields.
  return bound == RowBound::unbounded && query.is_limited ? RowBound::batched : bound;
}

RowBound rowBoundOf(const Update &op, const Catalog &catalog) {
  return boundOfTarget({catalog.findRelation(op.table), op.table, op.alias}, op.condition, op.query,
                       op.has_from, catalog);
}

RowBound rowBoundOf(const Delete &op, const Catalog &catalog) {
  return boundOfTarget({catalog.findRelation(op.table), op.table, op.alias}, op.condition, op.query,
                       op.has_using, catalog);
}

static bool isLiteral(const Expression &expression) {
  const Expression *node = &expression;
  while (node->kind == ExpressionKind::cast)
    node = &node->arguments.front();
  return node->kind == ExpressionKind::constant && node->literal != LiteralKind::boolean;
}

bool comparesWithLiterals(const Expression *condition) {
  if (!condition)
    return false;
  const std::vector<Expression> &parts = condition->arguments;
  if (condition->kind == ExpressionKind::conjunction)
    return std::any_of(parts.begin(), parts.end(),
                       [](const Expression &part) { return comparesWithLiterals(&part); });
  if (condition->kind != ExpressionKind::operation || parts.size() < 2 ||
      (condition->name != "=" && condition->name != "in"))
    return false;
  return parts.front().kind == ExpressionKind::column &&
         std::all_of(parts.begin() + 1, parts.end(), isLiteral);
}

bool isSystemCatalog(const QualifiedName &name, const Catalog &catalog) {
  return name.schema == "pg_catalog" ||
         (name.schema.empty() && name.name.starts_with("pg_") && !catalog.findRelation(name));
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

bool isTautology(const Expression *condition, const Relation *table) {
  return !condition || isAlwaysTrue(*condition, table);
}

} // namespace lockstep::evolve
