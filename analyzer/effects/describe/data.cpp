#include "effects/describe/describe.hpp"
#include "effects/describe/fill_row.hpp"
#include "effects/describe/query_use.hpp"
#include "effects/facts/new_column.hpp"

#include <algorithm>

namespace lockstep::effects {

/// The rules of the table for an event run with it.
static void runRules(const Place &table, std::string_view event, Collector &out) {
  if (!table.relation)
    return;
  for (const RewriteRule &rule : table.relation->rules)
    if (rule.definition.event == event && rule.enabled != 'D')
      runQuery(rule.definition.query, out);
}

/// The table below a view that writes go to.
static const Relation *baseTable(const Relation *relation, const Catalog &catalog) {
  constexpr int deepest = 30;
  for (int depth = 0; depth < deepest && relation && relation->kind == RelationKind::view; ++depth)
    relation = relation->query && !relation->query->relations.empty()
                   ? catalog.findRelation(relation->query->relations.front().name)
                   : nullptr;
  return relation;
}

/// Indexes that finding the arbiter of ON CONFLICT opens (infer_arbiter_indexes, plancat.c): all of
/// them, or those up to the named constraint's.
static void lockArbiters(const Relation &table, const OnConflict &conflict, Collector &out) {
  if (conflict.columns.empty() && conflict.constraint.empty() && !conflict.update)
    return;
  for (ObjectId id : table.indexes) {
    const Relation *index = out.catalog().relation(id);
    if (!index)
      continue;
    out.lock(*index, LockMode::row_exclusive, LockReason::index);
    if (!conflict.constraint.empty() && index->index->constraint == conflict.constraint)
      return;
  }
}

void describe(const Insert &op, Collector &out) {
  const std::optional<Place> table = out.find(op.table);
  if (table) {
    out.lock(*table, LockMode::row_exclusive);
    const Relation *base = baseTable(table->relation, out.catalog());
    if (base && base != table->relation)
      out.lock(*base, LockMode::row_exclusive, LockReason::target);
    if (base) {
      const size_t count = op.source == InsertSource::default_values ? 0
                           : op.source == InsertSource::query        ? base->columns.size()
                                                                     : op.value_count;
      fillRow(*base, {op.columns, count, op.rows}, out);
      if (op.on_conflict)
        lockArbiters(*base, *op.on_conflict, out);
    }
    runRules(*table, "insert", out);
  }
  if (op.source == InsertSource::query)
    out.setDuration(Duration::rows);
  runQuery(op.query, out);
}

/// An UPDATE of those columns: keys that it changes are checked, and followed on the other side.
static void setColumns(const Relation &table, const ColumnTest &is_set, Collector &out) {
  checkKeysOf(
      table,
      [&](const Constraint &key) {
        return std::any_of(key.columns.begin(), key.columns.end(), is_set);
      },
      out);
  followUpdate(table, is_set, out);
}

/// Rows that get another partition key move to the partition that takes it. Where that is computed
/// from the row it is not followed.
static void moveRows(const Place &table, const std::vector<Assignment> &assignments,
                     Collector &out) {
  if (!table.relation || table.relation->partition_by->keys.empty())
    return;
  const IndexElement &key = table.relation->partition_by->keys.front();
  for (const Assignment &each : assignments) {
    if (each.column != key.column || !isConstant(each.value))
      continue;
    Expression column;
    column.kind = ExpressionKind::column;
    column.name = each.column;
    Expression test;
    test.kind = ExpressionKind::operation;
    test.name = "=";
    test.arguments = {std::move(column), each.value};
    routeRows(table, test, out);
  }
}

void describe(const Update &op, Collector &out) {
  out.setDuration(Duration::rows);
  if (const std::optional<Place> table = out.find(op.table)) {
    planRelation(*table,
                 {.mode = LockMode::row_exclusive,
                  .descend = !op.only,
                  .reads_all = !op.condition && !op.has_from,
                  .condition = op.condition && !op.has_from ? &*op.condition : nullptr},
                 out);
    if (const Relation *base = baseTable(table->relation, out.catalog())) {
      const auto assigned = [&](std::string_view column) {
        return std::find_if(op.assignments.begin(), op.assignments.end(),
                            [&](const Assignment &each) { return each.column == column; });
      };
      const auto isSet = [&](std::string_view column) {
        return assigned(column) != op.assignments.end();
      };
      const auto isSetToNull = [&](std::string_view column) {
        const auto found = assigned(column);
        return found != op.assignments.end() && isNullConstant(found->value);
      };
      checkKeysOf(
          *base,
          [&](const Constraint &key) {
            return std::any_of(key.columns.begin(), key.columns.end(), isSet) &&
                   std::none_of(key.columns.begin(), key.columns.end(), isSetToNull);
          },
          out);
      followUpdate(*base, isSet, out);
    }
    moveRows(*table, op.assignments, out);
    runRules(*table, "update", out);
  }
  runQuery(op.query, out);
}

void describe(const Delete &op, Collector &out) {
  out.setDuration(Duration::rows);
  if (const std::optional<Place> table = out.find(op.table)) {
    planRelation(*table,
                 {.mode = LockMode::row_exclusive,
                  .descend = !op.only,
                  .reads_all = !op.condition && !op.has_using,
                  .condition = op.condition && !op.has_using ? &*op.condition : nullptr},
                 out);
    if (const Relation *base = baseTable(table->relation, out.catalog()))
      followDelete(*base, out);
    runRules(*table, "delete", out);
  }
  runQuery(op.query, out);
}

void describe(const Merge &op, Collector &out) {
  out.setDuration(Duration::rows);
  if (const std::optional<Place> table = out.find(op.table)) {
    planRelation(*table, {.mode = LockMode::row_exclusive}, out);
    const Relation *base = baseTable(table->relation, out.catalog());
    if (base && op.deletes)
      followDelete(*base, out);
    if (base && op.inserts)
      fillRow(*base, {op.inserted, base->columns.size()}, out);
    if (base && op.updates)
      setColumns(
          *base,
          [&](std::string_view column) {
            return std::find(op.updated.begin(), op.updated.end(), column) != op.updated.end();
          },
          out);
  }
  runQuery(op.query, out);
}

void describe(const Copy &op, Collector &out) {
  out.setDuration(Duration::rows);
  if (op.table.empty())
    return runQuery(op.query, out);
  const std::optional<Place> table = out.find(op.table);
  if (!table)
    return;
  out.lock(*table, op.from ? LockMode::row_exclusive : LockMode::access_share);
  if (!op.from)
    return out.scan(*table, ScanReason::query);
  if (table->relation)
    fillRow(*table->relation, {op.columns, table->relation->columns.size()}, out);
}

void describe(const CreateTableAs &op, Collector &out) {
  const bool exists = op.if_not_exists && out.catalog().findRelation(op.table);
  // Without rows, or where the table is there already, the query is only parsed.
  if (exists || !op.with_data)
    return bindQuery(op.query, out);
  out.setDuration(Duration::rows);
  fillFrom(op.query, out);
}

} // namespace lockstep::effects
