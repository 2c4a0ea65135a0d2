#include "base/pg/feature.hpp"
#include "effects/describe/describe.hpp"
#include "effects/describe/query_use.hpp"
#include "effects/steps/foreign_key.hpp"

#include <algorithm>

namespace lockstep::effects {

void describe(const MoveAllInTablespace &op, Collector &out) {
  for (const Relation *relation : out.catalog().relations()) {
    const std::string_view current =
        relation->tablespace.empty() ? "pg_default" : std::string_view(relation->tablespace);
    if (current != op.from || current == op.to)
      continue;
    const Place place = Collector::at(*relation);
    if (op.kind == ObjectKind::index && relation->kind == RelationKind::index) {
      out.lock(place, LockMode::access_exclusive);
      out.rebuild(*relation);
    } else if ((op.kind == ObjectKind::table && relation->kind == RelationKind::table) ||
               (op.kind == ObjectKind::materialized_view &&
                relation->kind == RelationKind::materialized_view)) {
      out.lock(place, LockMode::access_exclusive);
      out.addRewrite(place, RewriteReason::tablespace);
    }
  }
}

static void clusterTable(const Place &table, bool locks_indexes, Collector &out) {
  for (const Place &place : withPartitions(table, out)) {
    out.lock(place, LockMode::access_exclusive,
             &place == &table ? LockReason::target : LockReason::partition);
    if (place.hasRows())
      out.rewriteTable(place, RewriteReason::cluster, locks_indexes);
  }
}

void describe(const Cluster &op, Collector &out) {
  if (!op.table.empty()) {
    const std::optional<Place> table = out.find(op.table);
    if (!table)
      return;
    // Partitioned tables (15) are done partition by partition, in transactions of their own.
    const bool is_partitioned =
        table->relation && table->relation->kind == RelationKind::partitioned_table;
    if (is_partitioned)
      out.refuseTransaction();
    return clusterTable(*table, !is_partitioned, out);
  }
  out.refuseTransaction();
  for (const Relation *relation : out.catalog().relations())
    if (relation->index && relation->index->clustered)
      if (const Relation *table = out.catalog().relation(relation->index->table))
        clusterTable(Collector::at(*table), false, out);
}

/// Tables that VACUUM or ANALYZE of `target` works on, in their own locks: partitions always,
/// inheritance children from 18 on (expand_vacuum_rel, vacuum.c).
static std::vector<Place> vacuumed(const Place &table, bool only, const Collector &out) {
  const bool is_partitioned =
      table.relation && table.relation->kind == RelationKind::partitioned_table;
  return out.withDescendants(
      table,
      !only && (is_partitioned || supports(out.postgres(), Feature::vacuums_inheritance_children)));
}

static void analyzeTable(const Place &table, bool only, Collector &out) {
  const std::vector<Place> places = vacuumed(table, only, out);
  for (const Place &place : places) {
    out.lock(place, LockMode::share_update_exclusive,
             &place == &places.front() ? LockReason::target : LockReason::partition);
    if (place.hasRows())
      out.lockIndexes(place, LockMode::access_share);
  }
  // Statistics over the whole tree read its members.
  for (const Place &place : out.withDescendants(table))
    if (!(place.target == table.target))
      out.lock(place, LockMode::access_share, LockReason::partition);
}

static void vacuumTable(const Vacuum &op, const Place &table, bool only, Collector &out) {
  if (!op.vacuum)
    return analyzeTable(table, only, out);
  // A partitioned table is opened in the same mode before it is passed over (vacuum_rel, vacuum.c).
  for (const Place &place : vacuumed(table, only, out)) {
    out.lock(place, op.full ? LockMode::access_exclusive : LockMode::share_update_exclusive,
             place.target == table.target ? LockReason::target : LockReason::partition);
    if (op.full && place.hasRows())
      out.rewriteTable(place, RewriteReason::vacuum_full, /*locks_indexes=*/false);
  }
}

void describe(const Vacuum &op, Collector &out) {
  if (op.vacuum)
    out.refuseTransaction();
  out.setDuration(Duration::rows);
  for (const Vacuum::Target &target : op.targets)
    if (const std::optional<Place> table = out.find(target.table))
      vacuumTable(op, *table, target.only, out);
  if (!op.targets.empty())
    return;
  for (const Relation *relation : out.catalog().relations()) {
    const Place place = Collector::at(*relation);
    if (place.hasRows() || (!op.vacuum && relation->kind == RelationKind::partitioned_table))
      vacuumTable(op, place, /*only=*/true, out);
  }
}

static void truncateTable(const Place &place, bool restarts, LockReason reason, Collector &out) {
  out.lock(place, LockMode::access_exclusive, reason);
  if (place.hasRows()) {
    out.addRewrite(place, RewriteReason::truncate);
    out.rebuildIndexes(place);
  }
  if (!restarts || !place.relation)
    return;
  for (const Column &column : place.relation->columns)
    out.lock(column.sequence, LockMode::access_exclusive, LockReason::dependent);
}

void describe(const Truncate &op, Collector &out) {
  std::vector<Place> places;
  const auto add = [&](const Place &place) {
    const bool is_known = std::any_of(places.begin(), places.end(), [&](const Place &known) {
      return known.target == place.target;
    });
    if (!is_known)
      places.push_back(place);
  };
  for (size_t i = 0; i < op.tables.size(); ++i)
    if (const std::optional<Place> table = out.find(op.tables[i]))
      for (const Place &place : out.withDescendants(*table, i >= op.only.size() || !op.only[i]))
        add(place);
  const size_t named = places.size();
  if (op.cascade)
    for (size_t i = 0; i < places.size(); ++i) {
      const Relation *table = places[i].relation;
      // A partition's keys are those of the table that it belongs to.
      for (; table; table = table->is_partition && !table->parents.empty()
                                ? out.catalog().relation(table->parents.front())
                                : nullptr)
        for (const Catalog::ForeignKey &key : out.catalog().foreignKeysTo(*table))
          for (const Place &place : withPartitions(Collector::at(*key.table), out))
            add(place);
    }
  for (size_t i = 0; i < places.size(); ++i)
    truncateTable(places[i], op.restart_identity,
                  i < named ? LockReason::target : LockReason::referenced, out);
}

/// LOCK TABLE reaches partitions, children, and the tables of a view (lockcmds.c).
static void lockTree(const Place &place, LockMode mode, bool only, int depth, Collector &out) {
  constexpr int deepest_view = 30;
  for (const Place &each : out.withDescendants(place, !only))
    out.lock(each, mode, &each == &place ? LockReason::target : LockReason::partition);
  if (!place.relation || place.relation->kind != RelationKind::view || !place.relation->query ||
      depth > deepest_view ||
      !out.isFirst({.purpose = ViewUse::lock, .view = place.relation->id, .mode = mode}))
    return;
  for (const RelationUse &use : place.relation->query->relations)
    if (const std::optional<Place> table = out.find(use.name))
      lockTree(*table, mode, use.only, depth + 1, out);
}

void describe(const LockTable &op, Collector &out) {
  for (size_t i = 0; i < op.tables.size(); ++i)
    if (const std::optional<Place> table = out.find(op.tables[i]))
      lockTree(*table, op.mode, i < op.only.size() && op.only[i], 0, out);
}

void describe(const RefreshMaterializedView &op, Collector &out) {
  const std::optional<Place> view = out.find(op.view);
  if (!view)
    return;
  if (op.concurrently) {
    out.lock(*view, LockMode::exclusive);
    out.lockIndexes(*view, LockMode::row_exclusive);
    out.scan(*view, ScanReason::query);
  } else {
    out.lock(*view, LockMode::access_exclusive);
    out.addRewrite(*view, RewriteReason::refresh);
    out.rebuildIndexes(*view);
  }
  if (!op.with_data || !view->relation || !view->relation->query)
    return;
  if (!view->relation->indexes.empty())
    out.scan(*view, ScanReason::index_build);
  fillFrom(*view->relation->query, out);
}

} // namespace lockstep::effects
