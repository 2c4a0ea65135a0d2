#include "effects/describe/query_use.hpp"

#include "base/pg/feature.hpp"
#include "catalog/model/references.hpp"
#include "effects/describe/body.hpp"
#include "effects/facts/partition_bound.hpp"

#include <algorithm>

namespace lockstep::effects {

/// Views within views go no deeper than this.
static constexpr int deepest_view = 30;

static LockMode modeOf(Access access) {
  switch (access) {
  case Access::read:
    return LockMode::access_share;
  case Access::row_lock:
    return LockMode::row_share;
  case Access::write:
    return LockMode::row_exclusive;
  }
  return LockMode::access_share;
}

static bool readsAll(const Query &query) { return !query.has_where && !query.is_limited; }

static void planAt(const Place &place, const PlannedUse &use, int depth, Collector &out);

/// The tables below a view. Row locks reach all of them; a write reaches the one that it is
/// rewritten to, the first of FROM.
static void planView(const Relation &view, const PlannedUse &use, int depth, Collector &out) {
  if (!view.query || depth > deepest_view ||
      !out.isFirst({ViewUse::plan, view.id, use.mode, use.reads_all}))
    return;
  bool is_first = true;
  for (const RelationUse &below : view.query->relations) {
    const std::optional<Place> place = out.find(below.name);
    if (!place)
      continue;
    const bool takes_mode =
        use.mode == LockMode::row_share || (use.mode == LockMode::row_exclusive && is_first);
    is_first = false;
    planAt(*place,
           {.mode = takes_mode ? use.mode : modeOf(below.access),
            .descend = !below.only,
            .reads_all = use.reads_all && readsAll(*view.query) && below.scope == 0},
           depth + 1, out);
  }
}

/// Adds the partitions and children of the last of `places`, without those that the condition rules
/// out.
static void addLive(std::vector<Place> &places, const Expression &condition, const Collector &out) {
  const Relation *parent = places.back().relation;
  for (ObjectId id : parent->children) {
    const Relation *child = out.catalog().relation(id);
    if (!child || isPruned(*child, *parent, condition, out.catalog()))
      continue;
    places.push_back(Collector::at(*child));
    addLive(places, condition, out);
  }
}

static void planAt(const Place &place, const PlannedUse &use, int depth, Collector &out) {
  const LockMode mode = use.mode;
  const auto reason = mode == LockMode::row_exclusive ? LockReason::target : LockReason::read;
  if (place.relation && place.relation->kind == RelationKind::view) {
    out.lock(place, mode, reason);
    return planView(*place.relation, use, depth, out);
  }
  const bool prunes = use.condition && use.descend && place.relation &&
                      place.relation->kind == RelationKind::partitioned_table;
  std::vector<Place> places = out.withDescendants(place, use.descend && !prunes);
  if (prunes)
    addLive(places, *use.condition, out);
  for (const Place &each : places) {
    out.lock(each, mode, &each == &places.front() ? reason : LockReason::partition);
    const bool is_partitioned =
        each.relation && each.relation->kind == RelationKind::partitioned_table;
    if (!is_partitioned || supports(out.postgres(), Feature::plans_partitioned_indexes))
      out.lockIndexes(each, mode);
    if (use.reads_all && each.hasRows())
      out.scan(each, ScanReason::query);
  }
}

void planRelation(const Place &place, const PlannedUse &use, Collector &out) {
  planAt(place, use, 0, out);
}

void routeRows(const Place &table, const Expression &condition, Collector &out) {
  if (!table.relation || table.relation->kind != RelationKind::partitioned_table)
    return;
  std::vector<Place> places{table};
  addLive(places, condition, out);
  for (size_t i = 1; i < places.size(); ++i)
    out.lock(places[i], LockMode::row_exclusive, LockReason::partition);
}

/// The sequence that a column owns, as pg_get_serial_sequence finds it.
static ObjectId serialSequence(const FunctionUse &use, const Collector &out) {
  if (use.literals.size() != 2)
    return ObjectId::none;
  const Relation *table = out.catalog().findRelation(parseQualifiedName(use.literals[0]));
  const Column *column = table ? table->findColumn(use.literals[1]) : nullptr;
  return column ? column->sequence : ObjectId::none;
}

static bool isSequenceFunction(std::string_view name) {
  return name == "nextval" || name == "setval" || name == "currval";
}

static void runFunctions(const Query &query, Collector &out) {
  const auto &functions = query.functions;
  const bool uses_sequence =
      std::any_of(functions.begin(), functions.end(),
                  [](const FunctionUse &use) { return isSequenceFunction(use.name.name); });
  for (const FunctionUse &use : functions) {
    if (isSequenceFunction(use.name.name) && !use.literals.empty()) {
      if (const Relation *sequence =
              out.catalog().findRelation(parseQualifiedName(use.literals[0])))
        out.lock(*sequence, LockMode::row_exclusive, LockReason::target);
    } else if (uses_sequence && use.name.name == "pg_get_serial_sequence") {
      out.lock(serialSequence(use, out), LockMode::row_exclusive, LockReason::target);
    } else {
      runFunction(use, out);
    }
  }
}

/// One relation of a query. INSERT opens its table's indexes for a moment only.
static void planUse(const RelationUse &use, const Query &query, bool reads_all, Collector &out) {
  const std::optional<Place> place = out.find(use.name);
  const bool is_outermost = use.scope == 0 && use.access != Access::write;
  if (place && use.inserts)
    out.lock(*place, LockMode::row_exclusive);
  else if (place)
    planRelation(*place,
                 {.mode = modeOf(use.access),
                  .descend = !use.only,
                  .reads_all = reads_all,
                  .condition = query.condition && is_outermost ? &*query.condition : nullptr},
                 out);
}

void planQuery(const Query &query, Collector &out) {
  for (const RelationUse &use : query.relations)
    planUse(use, query, false, out);
}

static void runQuery(const Query &query, bool fills, Collector &out) {
  const bool reads_all = fills ? !query.is_limited : readsAll(query);
  for (const RelationUse &use : query.relations) {
    out.setDuration(Duration::rows);
    planUse(use, query, reads_all && (fills || use.scope == 0), out);
  }
  if (!query.functions.empty())
    runFunctions(query, out);
}

void runQuery(const Query &query, Collector &out) { runQuery(query, false, out); }
void fillFrom(const Query &query, Collector &out) { runQuery(query, true, out); }

void bindQuery(const Query &query, Collector &out) {
  for (const RelationUse &use : query.relations)
    if (const std::optional<Place> place = out.find(use.name))
      out.lock(*place, modeOf(use.access), LockReason::read);
}

static void rewriteAt(const Query &query, int depth, Collector &out) {
  bindQuery(query, out);
  if (depth > deepest_view)
    return;
  for (const RelationUse &use : query.relations) {
    const Relation *relation = out.catalog().findRelation(use.name);
    if (relation && relation->kind == RelationKind::view && relation->query &&
        out.isFirst({.purpose = ViewUse::rewrite, .view = relation->id}))
      rewriteAt(*relation->query, depth + 1, out);
  }
}

void rewriteQuery(const Query &query, Collector &out) { rewriteAt(query, 0, out); }

// --- Foreign keys ---

static bool isChecked(const Constraint &key) {
  // An initially deferred key is checked at COMMIT.
  return key.kind == ConstraintKind::foreign_key && key.enforced && !key.initially_deferred;
}

void checkKeysOf(const Relation &table, const std::function<bool(const Constraint &)> &is_checked,
                 Collector &out) {
  for (const Constraint &key : table.constraints) {
    if (!isChecked(key) || !is_checked(key))
      continue;
    // SELECT … FOR KEY SHARE of the referenced row (RI_FKey_check, ri_triggers.c).
    if (const Relation *referenced = out.catalog().relation(key.referenced))
      planRelation(Collector::at(*referenced), {.mode = LockMode::row_share}, out);
    else if (const std::optional<Place> unknown = out.find(key.referenced_name))
      out.lock(*unknown, LockMode::row_share, LockReason::referenced);
  }
}

namespace {
/// Follows cascades from table to table, each once.
class CascadeWalk {
public:
  explicit CascadeWalk(Collector &out) : out_(out) {}

  void follow(const Relation &table, bool is_delete, const ColumnTest &is_set) {
    if (std::find(seen_.begin(), seen_.end(), table.id) != seen_.end())
      return;
    seen_.push_back(table.id);
    for (const Catalog::ForeignKey &key : out_.catalog().foreignKeysTo(table)) {
      const Constraint &constraint = *key.constraint;
      const auto &columns = constraint.referenced_columns;
      if (!isChecked(constraint) ||
          (!is_delete && std::none_of(columns.begin(), columns.end(), is_set)))
        continue;
      const char action = is_delete ? constraint.on_delete : constraint.on_update;
      const bool changes = action == 'c' || action == 'n' || action == 'd';
      planRelation(Collector::at(*key.table),
                   {.mode = changes ? LockMode::row_exclusive : LockMode::row_share}, out_);
      if (!changes)
        continue;
      const auto &own = constraint.columns;
      follow(*key.table, is_delete && action == 'c', [&own](std::string_view column) {
        return std::find(own.begin(), own.end(), column) != own.end();
      });
    }
  }

private:
  Collector &out_;
  std::vector<ObjectId> seen_;
};
} // namespace

void followDelete(const Relation &table, Collector &out) {
  CascadeWalk(out).follow(table, true, [](std::string_view) { return true; });
}

void followUpdate(const Relation &table, const ColumnTest &is_set, Collector &out) {
  CascadeWalk(out).follow(table, false, is_set);
}

} // namespace lockstep::effects
