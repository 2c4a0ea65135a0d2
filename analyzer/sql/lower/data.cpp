#include "sql/lower/data.hpp"

#include "sql/lower/statement.hpp"
#include "sql/lower/table.hpp"
#include "sql/lower/transaction.hpp"
#include "sql/query/expression.hpp"
#include "sql/query/name.hpp"
#include "sql/query/query.hpp"
#include "sql/query/row_source.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
#include <storage/lockdefs.h>
}

namespace lockstep::sql {

static QueryTarget targetOf(const ::RangeVar &relation) {
  QueryTarget target;
  target.schema = text(relation.schemaname);
  target.name = text(relation.relname);
  if (relation.alias)
    target.alias = text(relation.alias->aliasname);
  return target;
}

namespace {
/// Makes the names of a WITH and the target known while the expressions of a statement are lowered.
class Surroundings {
public:
  Surroundings(Lowering &at, const QueryTarget &target, const WithClause *with)
      : at_(at), target_(at.target), ctes_(at.ctes.size()) {
    at.target = target;
    if (with)
      for (const CommonTableExpr *cte : nodes<CommonTableExpr>(with->ctes))
        at.ctes.push_back(text(cte->ctename));
  }
  ~Surroundings() {
    at_.target = target_;
    at_.ctes.resize(ctes_);
  }
  Surroundings(const Surroundings &) = delete;
  Surroundings &operator=(const Surroundings &) = delete;

private:
  Lowering &at_;
  QueryTarget target_;
  size_t ctes_;
};
} // namespace

static ExpressionPointer lowerCondition(Lowering &at, const ::Node *node) {
  return node ? std::make_shared<const Expression>(lowerExpression(at, node)) : nullptr;
}

/// What a statement takes its rows from: whether they are few, and the condition on them where they
/// come from tables by inner joins.
static void describeSource(Lowering &at, const SelectStmt *source, const WithClause *with,
                           Query &query) {
  query.is_limited = picksLimitedRows(nullptr, with);
  if (!source)
    return;
  RowSources sources(at);
  sources.with(with);
  query.is_limited = query.is_limited || sources.areFew(*source) ||
                     picksLimitedRows(source->fromClause, source->withClause);
  Surroundings surroundings(at, at.target, source->withClause);
  if (!with)
    query.condition = joinedCondition(at, *source);
}

/// Adds what a WITH changes, as ops beside that of the statement that it belongs to.
static void lowerChangesOf(Lowering &at, const WithClause *with) {
  if (!with)
    return;
  Surroundings surroundings(at, at.target, with);
  for (const CommonTableExpr *cte : nodes<CommonTableExpr>(with->ctes)) {
    if (IsA(cte->ctequery, SelectStmt))
      continue;
    size_t open = at.tokens.find("as", at.tokenAt(cte->location) + 1) + 1;
    while (open < at.tokens.size() && !at.tokens.isSymbol(open, '('))
      ++open; // [NOT] MATERIALIZED
    lowerInside(at, cte->ctequery, open + 1, at.tokens.partner(open));
  }
}

// --- INSERT, UPDATE, DELETE, MERGE ---------------------------------------------------------------

static OnConflict lowerConflict(const OnConflictClause &node) {
  OnConflict conflict;
  conflict.update = node.action == ONCONFLICT_UPDATE;
  if (!node.infer)
    return conflict;
  conflict.constraint = text(node.infer->conname);
  for (const IndexElem *element : nodes<IndexElem>(node.infer->indexElems))
    if (element->name)
      conflict.columns.emplace_back(text(element->name));
  return conflict;
}

/// Whether the query refers to anything.
static bool refersToAnything(const Query &query) {
  return !query.relations.empty() || !query.columns.empty() || !query.functions.empty() ||
         !query.types.empty() || !query.outputs.empty();
}

static LiteralKind literalOf(const A_Const &node, std::string_view value) {
  switch (nodeTag(&node.val)) {
  case T_Integer:
    return LiteralKind::integer;
  case T_Float: // Also an integer that int4 cannot hold.
    return value.find_first_of(".eE") == value.npos ? LiteralKind::integer : LiteralKind::decimal;
  case T_Boolean:
    return LiteralKind::boolean;
  case T_BitString:
    return LiteralKind::bits;
  default:
    return LiteralKind::string;
  }
}

/// A value of VALUES: literals, also cast, and DEFAULT; what is computed or long stays `other`.
/// There may be a million of them: where they stand is not noted.
static void lowerCell(const ::Node *node, Expression &cell) {
  constexpr size_t longest = 64;
  while (node && IsA(node, TypeCast))
    node = as<TypeCast>(node)->arg;
  if (node && IsA(node, SetToDefault)) {
    cell.kind = ExpressionKind::special;
    cell.name.assign("default");
    return;
  }
  if (!node || !IsA(node, A_Const))
    return;
  const A_Const &constant = *as<A_Const>(node);
  if (constant.isnull) {
    cell.kind = ExpressionKind::null_constant;
    return;
  }
  std::string value = optionText(&constant.val.node);
  if (value.size() > longest)
    return;
  cell.kind = ExpressionKind::constant;
  cell.literal = literalOf(constant, value);
  cell.name = std::move(value);
}

static std::vector<Expression> lowerRows(const ::List *rows) {
  std::vector<Expression> result;
  result.reserve(cells(rows).size());
  for (const ::List *row : nodes<::List>(rows)) {
    Expression &lowered = result.emplace_back();
    lowered.kind = ExpressionKind::row;
    lowered.arguments.reserve(cells(row).size());
    for (const ::Node *cell : nodes<::Node>(row))
      lowerCell(cell, lowered.arguments.emplace_back());
  }
  return result;
}

void lowerInsert(Lowering &at, const InsertStmt &node) {
  Insert op;
  op.table = relationName(at, node.relation);
  for (const ResTarget *column : nodes<ResTarget>(node.cols))
    op.columns.emplace_back(text(column->name));
  const auto *source = as<SelectStmt>(node.selectStmt);
  if (!source) {
    op.source = InsertSource::default_values;
  } else if (source->valuesLists) {
    auto rows = nodes<::List>(source->valuesLists);
    op.row_count = static_cast<uint32_t>(rows.size());
    op.value_count = static_cast<uint32_t>(cells(rows[0]).size());
  } else {
    op.source = InsertSource::query;
  }
  if (node.onConflictClause)
    op.on_conflict = lowerConflict(*node.onConflictClause);
  op.query = lowerOwnQuery(at, reinterpret_cast<const ::Node *>(&node), targetOf(*node.relation));
  // The many rows of a dump are not worth a copy of their text.
  bool is_dump = op.source == InsertSource::values && op.row_count > 1000;
  if (op.source == InsertSource::values && !is_dump && op.query.relations.empty())
    op.rows = lowerRows(source->valuesLists);
  if (op.source == InsertSource::query || (!is_dump && refersToAnything(op.query))) {
    op.query.where = at.range;
    op.query.text = at.tokens.slice(at.range);
  }
  if (op.source == InsertSource::query)
    describeSource(at, source, node.withClause, op.query);
  at.addWhole(std::move(op));
  lowerChangesOf(at, node.withClause);
}

/// SET column = value, …: one each, also of (a, b) = (…).
static std::vector<Assignment> lowerAssignments(Lowering &at, const ::List *targets) {
  std::vector<Assignment> result;
  result.reserve(cells(targets).size());
  for (const ResTarget *target : nodes<ResTarget>(targets)) {
    Assignment &assignment = result.emplace_back();
    assignment.column = text(target->name);
    const ::Node *value = target->val;
    if (value && IsA(value, MultiAssignRef)) {
      const auto *part = as<MultiAssignRef>(value);
      value = part->source;
      if (IsA(value, RowExpr)) {
        auto values = nodes<::Node>(as<RowExpr>(value)->args);
        auto index = static_cast<size_t>(part->colno - 1);
        if (index < values.size())
          value = values[index];
      }
    }
    assignment.value = lowerExpression(at, value);
    size_t first = at.tokenAt(target->location);
    assignment.where = {at.tokens.range(first).begin, at.tokens.range(first).end};
    if (assignment.value.where.end > assignment.where.end)
      assignment.where = at.tokens.balanced({assignment.where.begin, assignment.value.where.end});
  }
  return result;
}

/// The query of a statement that writes, with its text.
static Query ownQuery(Lowering &at, const void *node, const QueryTarget &target) {
  Query query = lowerOwnQuery(at, static_cast<const ::Node *>(node), target);
  query.where = at.range;
  query.text = at.tokens.slice(at.range);
  return query;
}

void lowerUpdate(Lowering &at, const UpdateStmt &node) {
  QueryTarget target = targetOf(*node.relation);
  Update op;
  op.table = relationName(at, node.relation);
  op.alias = target.alias;
  op.only = !node.relation->inh;
  op.has_from = node.fromClause != nullptr;
  op.query = ownQuery(at, &node, target);
  op.query.is_limited = picksLimitedRows(node.fromClause, node.withClause);
  Surroundings surroundings(at, target, node.withClause);
  op.assignments = lowerAssignments(at, node.targetList);
  op.condition = lowerCondition(at, node.whereClause);
  at.addWhole(std::move(op));
  lowerChangesOf(at, node.withClause);
}

void lowerDelete(Lowering &at, const DeleteStmt &node) {
  QueryTarget target = targetOf(*node.relation);
  Delete op;
  op.table = relationName(at, node.relation);
  op.alias = target.alias;
  op.only = !node.relation->inh;
  op.has_using = node.usingClause != nullptr;
  op.query = ownQuery(at, &node, target);
  op.query.is_limited = picksLimitedRows(node.usingClause, node.withClause);
  Surroundings surroundings(at, target, node.withClause);
  op.condition = lowerCondition(at, node.whereClause);
  at.addWhole(std::move(op));
  lowerChangesOf(at, node.withClause);
}

void lowerMerge(Lowering &at, const MergeStmt &node) {
  Merge op;
  op.table = relationName(at, node.relation);
  bool names_columns = true;
  for (const MergeWhenClause *when : nodes<MergeWhenClause>(node.mergeWhenClauses)) {
    op.inserts |= when->commandType == CMD_INSERT;
    op.updates |= when->commandType == CMD_UPDATE;
    op.deletes |= when->commandType == CMD_DELETE;
    const bool is_insert = when->commandType == CMD_INSERT;
    names_columns = names_columns && (!is_insert || when->targetList);
    for (const ResTarget *column : nodes<ResTarget>(when->targetList))
      (is_insert ? op.inserted : op.updated).emplace_back(text(column->name));
  }
  if (!names_columns)
    op.inserted.clear();
  op.query = ownQuery(at, &node, targetOf(*node.relation));
  const ::Node *source = node.sourceRelation;
  const ::Node *select =
      IsA(source, RangeSubselect) ? as<RangeSubselect>(source)->subquery : nullptr;
  describeSource(at, select && IsA(select, SelectStmt) ? as<SelectStmt>(select) : nullptr,
                 node.withClause, op.query);
  at.addWhole(std::move(op));
  lowerChangesOf(at, node.withClause);
}

// --- SELECT and what wraps a query ---------------------------------------------------------------

/// The INTO of a SELECT, which the first arm of a UNION holds.
static const IntoClause *intoOf(const SelectStmt *node) {
  while (node->op != SETOP_NONE)
    node = node->larg;
  return node->intoClause;
}

void lowerSelect(Lowering &at, const SelectStmt &node) {
  const auto *whole = reinterpret_cast<const ::Node *>(&node);
  if (const IntoClause *into = intoOf(&node)) {
    lowerInto(at, *into, whole, at.range, CreateTableAs{});
    return;
  }
  if (lowerSetConfig(at, node))
    return;
  Select op;
  op.query = lowerQuery(at, whole, at.range);
  at.addWhole(std::move(op));
  lowerChangesOf(at, node.withClause);
}

/// Adds a query that is planned or stored only, or that runs elsewhere in the script.
static void addQuery(Lowering &at, const ::Node *query, Range where, bool runs) {
  Select op;
  op.query = lowerQuery(at, query, where);
  op.runs = runs;
  at.addWhole(std::move(op));
}

void lowerExplain(Lowering &at, const ExplainStmt &node) {
  bool analyzes = false;
  for (const Option &option : lowerOptions(at, node.options))
    if (option.name == "analyze")
      analyzes = optionIsOn(option);
  const StatementTokens &tokens = at.tokens;
  size_t first = 1;
  if (node.options && tokens.isSymbol(first, '(')) {
    first = tokens.next(first);
  } else {
    while (tokens.is(first, "analyze") || tokens.is(first, "analyse") ||
           tokens.is(first, "verbose"))
      ++first;
  }
  if (analyzes) {
    lowerInside(at, node.query, first, tokens.size());
    return;
  }
  const ::Node *query = node.query;
  if (IsA(query, CreateTableAsStmt))
    query = as<CreateTableAsStmt>(query)->query;
  else if (IsA(query, DeclareCursorStmt))
    query = as<DeclareCursorStmt>(query)->query;
  addQuery(at, query, tokens.span(first, tokens.size()), false);
}

void lowerPrepare(Lowering &at, const PrepareStmt &node) {
  size_t first = at.tokens.find("as") + 1;
  addQuery(at, node.query, at.tokens.span(first, at.tokens.size()), false);
}

void lowerDeclareCursor(Lowering &at, const DeclareCursorStmt &node) {
  size_t first = at.tokens.find("for") + 1;
  addQuery(at, node.query, at.tokens.span(first, at.tokens.size()), true);
}

/// What was prepared is a query, so EXECUTE can change data and never the schema.
void lowerExecute(Lowering &at, const ExecuteStmt &) { addQuery(at, nullptr, at.range, true); }

void lowerCopy(Lowering &at, const CopyStmt &node) {
  Copy op;
  op.table = relationName(at, node.relation);
  op.columns = stringList(node.attlist);
  op.from = node.is_from;
  op.program = node.is_program;
  if (node.query)
    op.query = lowerQuery(at, node.query, at.tokens.span(2, at.tokens.partner(1)));
  at.addWhole(std::move(op));
}

// --- TRUNCATE and LOCK ---------------------------------------------------------------------------

template <class T> static void addTables(const Lowering &at, T &op, const ::List *relations) {
  for (const ::RangeVar *relation : nodes<::RangeVar>(relations)) {
    op.tables.push_back(relationName(at, relation));
    op.only.push_back(!relation->inh);
  }
}

void lowerTruncate(Lowering &at, const TruncateStmt &node) {
  Truncate op;
  addTables(at, op, node.relations);
  op.cascade = node.behavior == DROP_CASCADE;
  op.restart_identity = node.restart_seqs;
  at.addWhole(std::move(op));
}

static LockMode lockMode(int mode) {
  switch (mode) {
  case AccessShareLock:
    return LockMode::access_share;
  case RowShareLock:
    return LockMode::row_share;
  case RowExclusiveLock:
    return LockMode::row_exclusive;
  case ShareUpdateExclusiveLock:
    return LockMode::share_update_exclusive;
  case ShareLock:
    return LockMode::share;
  case ShareRowExclusiveLock:
    return LockMode::share_row_exclusive;
  case ExclusiveLock:
    return LockMode::exclusive;
  default:
    return LockMode::access_exclusive;
  }
}

void lowerLock(Lowering &at, const LockStmt &node) {
  LockTable op;
  addTables(at, op, node.relations);
  op.mode = lockMode(node.mode);
  op.nowait = node.nowait;
  at.addWhole(std::move(op));
}

} // namespace lockstep::sql
