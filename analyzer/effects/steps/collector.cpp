#include "effects/steps/collector.hpp"

#include "base/pg/builtin.hpp"
#include "base/text.hpp"
#include "catalog/model/state.hpp"

#include <algorithm>

namespace lockstep::effects {

bool Place::hasRows() const {
  return !relation || relation->kind == RelationKind::table ||
         relation->kind == RelationKind::materialized_view;
}

static bool isTemporary(const Place &place) {
  return place.relation && place.relation->persistence == Persistence::temporary;
}

static std::string shown(const EffectTarget &target) {
  constexpr std::string_view prefix = "public.";
  return target.name.starts_with(prefix) ? target.name.substr(prefix.size()) : target.name;
}

/// The history makes relations itself, so it may be all there is.
static bool makesRelations(const Catalog &catalog) {
  bool found = false;
  if (!catalog.incompleteSince())
    catalog.state().relations.forEach(
        [&](ObjectId, const auto &relation) { found = found || !relation->partial; });
  return found;
}

std::optional<Place> Collector::find(const QualifiedName &name, bool if_exists) {
  if (const Relation *relation = catalog_.findRelation(name)) {
    Place place = at(*relation);
    if (relation->partial)
      assume(format("the definition of {} is not in this history; it may have more than is known",
                    shown(place.target)));
    return place;
  }
  if (name.empty() || name.schema == "pg_temp" || catalog_.knowledgeOf(name) == Knowledge::absent)
    return std::nullopt;
  if (findSystemRelation(name.schema, name.name, postgres()) ||
      (if_exists && makesRelations(catalog_)))
    return std::nullopt;
  Place place;
  place.unknown = catalog_.resolve(name);
  place.target.name = sqlName(place.unknown);
  assume(format("{} is not created in this history: taken as an old table, full of rows and in use",
                shown(place.target)));
  return place;
}

Place Collector::at(const Relation &relation) {
  return {&relation, {relation.id, relation.qualifiedName()}, {}};
}

std::vector<Place> Collector::withDescendants(const Place &place, bool descend) const {
  std::vector<Place> places(1, place); // A list in braces would be copied from.
  if (!descend || !place.relation || place.relation->children.empty())
    return places;
  for (const Relation *relation : catalog_.withDescendants(*place.relation))
    if (relation != place.relation)
      places.push_back(at(*relation));
  return places;
}

void Collector::lock(const Place &place, LockMode mode, LockReason reason) {
  if (!isTemporary(place))
    effects_.locks.push_back({place.target, mode, reason});
}

void Collector::lock(const Relation &relation, LockMode mode, LockReason reason) {
  if (relation.persistence != Persistence::temporary)
    effects_.locks.push_back({{relation.id, relation.qualifiedName()}, mode, reason});
}

void Collector::lock(ObjectId relation, LockMode mode, LockReason reason) {
  if (const Relation *found = catalog_.relation(relation))
    lock(*found, mode, reason);
}

void Collector::lockTree(const std::vector<Place> &places, LockMode mode) {
  for (const Place &place : places) {
    const bool is_root = &place == &places.front();
    lock(place, mode, is_root ? LockReason::target : LockReason::partition);
    if (!is_root)
      recursed_.push_back(place.target);
  }
}

void Collector::lockIndexes(const Place &place, LockMode mode) {
  if (!place.relation)
    return;
  for (ObjectId index : place.relation->indexes)
    lock(index, mode, LockReason::index);
}

void Collector::rewriteTable(const Place &place, RewriteReason reason, bool locks_indexes) {
  addRewrite(place, reason);
  scan(place, ScanReason::other);
  rebuildIndexes(place, locks_indexes);
}

void Collector::addRewrite(const Place &place, RewriteReason reason) {
  if (isTemporary(place))
    return;
  effects_.rewrites.push_back({place.target, reason});
  setDuration(Duration::rows);
}

void Collector::rebuild(const Relation &index) {
  if (index.persistence == Persistence::temporary || !index.index)
    return;
  const Relation *table = catalog_.relation(index.index->table);
  effects_.index_builds.push_back({{index.id, index.qualifiedName()},
                                   table ? at(*table).target : EffectTarget{},
                                   /*rebuild=*/true});
  setDuration(Duration::rows);
}

void Collector::rebuildIndexes(const Place &place, bool locks) {
  if (!place.relation || isTemporary(place))
    return;
  for (ObjectId id : place.relation->indexes) {
    const Relation *index = catalog_.relation(id);
    if (!index || index->kind != RelationKind::index)
      continue;
    if (locks)
      lock(*index, LockMode::access_exclusive, LockReason::index);
    rebuild(*index);
  }
}

void Collector::build(const std::string &index, const Place &table) {
  if (isTemporary(table))
    return;
  effects_.index_builds.push_back(
      {{ObjectId::none, sqlName(table.schema(), index)}, table.target, false});
  setDuration(Duration::rows);
}

void Collector::scan(const Place &place, ScanReason reason, std::string_view constraint) {
  if (isTemporary(place))
    return;
  effects_.scans.push_back({place.target, reason, std::string(constraint)});
  setDuration(Duration::rows);
}

void Collector::setDuration(Duration duration) {
  // "unknown" covers "rows", which covers "instant".
  effects_.duration = std::max(effects_.duration, duration);
}

static void addOnce(std::unordered_set<std::string> &said, std::vector<std::string> &texts,
                    std::string text) {
  if (said.insert(text).second)
    texts.push_back(std::move(text));
}

void Collector::prove(std::string text) { addOnce(proven_, effects_.proofs, std::move(text)); }
void Collector::assume(std::string text) {
  addOnce(assumed_, effects_.assumptions, std::move(text));
}

template <class T> static void append(std::vector<T> &to, const std::vector<T> &from) {
  to.insert(to.end(), from.begin(), from.end());
}

void Collector::add(const Effects &other) {
  append(effects_.locks, other.locks);
  append(effects_.rewrites, other.rewrites);
  append(effects_.index_builds, other.index_builds);
  append(effects_.scans, other.scans);
  for (const std::string &proof : other.proofs)
    prove(proof);
  for (const std::string &assumption : other.assumptions)
    assume(assumption);
  effects_.in_transaction = effects_.in_transaction && other.in_transaction;
  setDuration(other.duration);
}

Effects Collector::take() {
  normalize(effects_);
  return std::move(effects_);
}

/// Sorts by `key` and keeps the first of equals.
template <class T, class Key> static void sortUnique(std::vector<T> &all, Key &&key) {
  if (all.size() < 2)
    return;
  std::stable_sort(all.begin(), all.end(), [&](const T &a, const T &b) { return key(a) < key(b); });
  all.erase(
      std::unique(all.begin(), all.end(), [&](const T &a, const T &b) { return key(a) == key(b); }),
      all.end());
}

void normalize(Effects &effects) {
  if (effects.locks.size() > 1) {
    std::stable_sort(effects.locks.begin(), effects.locks.end(), [](const Lock &a, const Lock &b) {
      const int order = a.relation.name.compare(b.relation.name);
      return order != 0 ? order < 0 : a.mode > b.mode;
    });
    effects.locks.erase(
        std::unique(effects.locks.begin(), effects.locks.end(),
                    [](const Lock &a, const Lock &b) { return a.relation == b.relation; }),
        effects.locks.end());
  }
  sortUnique(effects.rewrites,
             [](const Rewrite &rewrite) -> const std::string & { return rewrite.relation.name; });
  sortUnique(effects.index_builds,
             [](const IndexBuild &build) -> const std::string & { return build.index.name; });
  sortUnique(effects.scans,
             [](const Scan &scan) -> const std::string & { return scan.relation.name; });
}

} // namespace lockstep::effects
