#include "catalog/change/change.hpp"

#include "catalog/change/named.hpp"
#include "catalog/change/numbers.hpp"
#include "catalog/model/references.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <tuple>

namespace lockstep::catalog {

/// The object of an id for changing it: copied first where a snapshot shares it.
template <class Object> static Object &own(IdMap<std::shared_ptr<Object>> &objects, ObjectId id) {
  std::shared_ptr<Object> *slot = objects.edit(id);
  assert(slot && "the object must be in the catalog");
  if (slot->use_count() != 1)
    *slot = std::make_shared<Object>(**slot);
  return **slot;
}

bool Change::refuse(std::string_view sqlstate, std::string message, Range where,
                    std::string object) {
  result_.refusals.push_back({std::string(sqlstate), std::move(message), where, std::move(object)});
  return false;
}

ObjectId Change::nextId() { return static_cast<ObjectId>(++mutableState().last_id); }

static void noteRelationName(CatalogState &state, std::string_view schema, std::string_view name) {
  noteTaken(state.relation_numbers, schema, name, [&](const std::string &other) {
    const NameEntry *entry = state.relation_names.find(NameView{schema, other});
    return entry && entry->id != ObjectId::none;
  });
}

void Change::setName(NameMap CatalogState::*names, std::string_view schema, std::string_view name,
                     ObjectId id) {
  CatalogState &state = mutableState();
  state.has_temporary = state.has_temporary || schema == temporary_schema;
  const uint32_t epoch = id == ObjectId::none ? state.epoch : state.change_epoch;
  (state.*names).set(ObjectName(schema, name), NameEntry{id, epoch});
  if (names != &CatalogState::relation_names)
    return;
  if (id == ObjectId::none)
    noteFree(state.relation_numbers, schema, name);
  else
    noteRelationName(state, schema, name);
}

// --- Relations ---

ObjectId Change::create(Relation relation) {
  relation.indexed = nullptr; // Of what it may be a copy of.
  if (relation.id == ObjectId::none)
    relation.id = nextId();
  else if (const Relation *replaced = catalog_.relation(relation.id))
    relation.indexed = replaced->indexed;
  relation.partial = relation.partial || conditional_;
  relation.search_path = state().search_path;
  if (!relation.isIndex() && relation.kind != RelationKind::composite_type && !relation.privileges)
    relation.privileges = defaultPrivileges(
        mutableState(),
        relation.kind == RelationKind::sequence ? ObjectKind::sequence : ObjectKind::table,
        relation.schema, postgres_);
  setName(&CatalogState::relation_names, relation.schema, relation.name, relation.id);
  auto held = std::make_shared<Relation>(std::move(relation));
  mutableState().relations.set(held->id, held);
  reindex(*held);
  result_.created.push_back(held->id);
  return held->id;
}

ObjectEdit<Relation> Change::edit(ObjectId id) {
  Relation &relation = own(mutableState().relations, id);
  relation.partial = relation.partial || conditional_;
  return {*this, relation};
}

void Change::erase(ObjectId id) {
  const std::shared_ptr<Relation> relation = *mutableState().relations.find(id);
  setName(&CatalogState::relation_names, relation->schema, relation->name, ObjectId::none);
  mutableState().relations.erase(id);
  unindex(*relation);
  result_.dropped.push_back(id);
  if (relation->holdsRows())
    dropNamedOf(*this, {relation->schema, relation->name, {}});
}

void Change::dropName(const QualifiedName &resolved) {
  setName(&CatalogState::relation_names, resolved.schema, resolved.name, ObjectId::none);
}

void Change::rename(ObjectId id, std::string schema, std::string name) {
  ObjectEdit<Relation> relation = edit(id);
  const NameEntry *entry = state().relation_names.find(NameView{relation->schema, relation->name});
  const uint32_t epoch = entry ? entry->epoch : state().change_epoch;
  setName(&CatalogState::relation_names, relation->schema, relation->name, ObjectId::none);
  relation->schema = std::move(schema);
  relation->name = std::move(name);
  mutableState().relation_names.set(ObjectName(relation->schema, relation->name),
                                    NameEntry{id, epoch});
  noteRelationName(mutableState(), relation->schema, relation->name);
}

ObjectId Change::createPartial(const QualifiedName &name, RelationKind kind) {
  const QualifiedName resolved = catalog_.resolve(name);
  Relation relation;
  relation.kind = kind;
  relation.schema = resolved.schema;
  relation.name = resolved.name;
  relation.partial = true;
  relation.populated = true;
  const ObjectId id = create(std::move(relation));
  result_.created.pop_back(); // It was there before.
  edit(id)->search_path.reset();
  return id;
}

static void sortOnce(std::vector<ObjectId> &ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

void Change::reindex(Relation &relation) {
  IndexedRelation facts{relation.columns,
                        relation.constraints,
                        relation.triggers,
                        relation.references,
                        ownTargetsOf(relation),
                        {},
                        {},
                        relation.schema};
  if (relation.indexed && relation.indexed->isSame(facts))
    return;
  indexRelation(relation.id, relation.indexed, std::move(facts));
}

// --- Types ---

ObjectId Change::create(Type type) {
  type.id = nextId();
  type.indexed = nullptr;
  type.partial = type.partial || conditional_;
  type.search_path = state().search_path;
  type.privileges = defaultPrivileges(mutableState(), ObjectKind::type, type.schema, postgres_);
  setName(&CatalogState::type_names, type.schema, type.name, type.id);
  auto held = std::make_shared<Type>(std::move(type));
  mutableState().types.set(held->id, held);
  reindex(*held);
  result_.created.push_back(held->id);
  return held->id;
}

ObjectEdit<Type> Change::editType(ObjectId id) {
  Type &type = own(mutableState().types, id);
  type.partial = type.partial || conditional_;
  return {*this, type};
}

void Change::eraseType(ObjectId id) {
  const std::shared_ptr<Type> type = *mutableState().types.find(id);
  setName(&CatalogState::type_names, type->schema, type->name, ObjectId::none);
  mutableState().types.erase(id);
  unindex(*type);
  result_.dropped.push_back(id);
}

void Change::dropTypeName(const QualifiedName &resolved) {
  setName(&CatalogState::type_names, resolved.schema, resolved.name, ObjectId::none);
}

void Change::renameType(ObjectId id, std::string schema, std::string name) {
  ObjectEdit<Type> type = editType(id);
  setName(&CatalogState::type_names, type->schema, type->name, ObjectId::none);
  type->schema = std::move(schema);
  type->name = std::move(name);
  setName(&CatalogState::type_names, type->schema, type->name, id);
}

void Change::reindex(Type &type) {
  IndexedFacts facts;
  for (const OutgoingReference &outgoing : referencesOf(type))
    facts.references.push_back(outgoing.reference.target);
  for (const Constraint &constraint : type.constraints)
    facts.constraints.push_back(constraint.name);
  facts.schema = type.schema;
  indexFacts(type.id, type.indexed, std::move(facts));
}

// --- Functions ---

static void addFunctionName(CatalogState &state, const Function &function) {
  const NameView name{function.schema, function.name};
  FunctionEntry *entry = state.function_names.edit(name);
  if (!entry) {
    state.function_names.set(ObjectName(name), FunctionEntry{});
    entry = state.function_names.edit(name);
  }
  entry->ids.push_back(function.id);
  entry->epoch = state.epoch;
}

static void eraseFunctionName(CatalogState &state, const Function &function) {
  FunctionEntry *entry = state.function_names.edit(NameView{function.schema, function.name});
  std::erase(entry->ids, function.id);
  entry->epoch = state.epoch;
}

ObjectId Change::create(Function function) {
  function.id = nextId();
  function.indexed = nullptr;
  function.search_path = state().search_path;
  function.privileges =
      defaultPrivileges(mutableState(), ObjectKind::function, function.schema, postgres_);
  auto held = std::make_shared<Function>(std::move(function));
  addFunctionName(mutableState(), *held);
  mutableState().functions.set(held->id, held);
  reindex(*held);
  result_.created.push_back(held->id);
  return held->id;
}

ObjectEdit<Function> Change::editFunction(ObjectId id) {
  return {*this, own(mutableState().functions, id)};
}

void Change::eraseFunction(ObjectId id) {
  const std::shared_ptr<Function> function = *mutableState().functions.find(id);
  eraseFunctionName(mutableState(), *function);
  mutableState().functions.erase(id);
  unindex(*function);
  result_.dropped.push_back(id);
}

void Change::renameFunction(ObjectId id, std::string schema, std::string name) {
  ObjectEdit<Function> function = editFunction(id);
  eraseFunctionName(mutableState(), *function);
  function->schema = std::move(schema);
  function->name = std::move(name);
  addFunctionName(mutableState(), *function);
}

void Change::reindex(Function &function) {
  IndexedFacts facts;
  for (const OutgoingReference &outgoing : referencesOf(function))
    facts.references.push_back(outgoing.reference.target);
  facts.schema = function.schema;
  indexFacts(function.id, function.indexed, std::move(facts));
}

// --- The reverse indexes ---

template <class Key, class Hash, class View>
static void addMember(PersistentMap<Key, ObjectSet, Hash> &sets, const View &key, ObjectId member) {
  ObjectSet *set = sets.edit(key);
  if (!set) {
    sets.set(Key(key), ObjectSet());
    set = sets.edit(key);
  }
  set->set(member, true);
}

template <class Map, class View>
static void eraseMember(Map &sets, const View &key, ObjectId member) {
  ObjectSet *set = sets.edit(key);
  if (!set)
    return;
  set->erase(member);
  if (set->empty())
    sets.erase(key);
}

static void countName(CatalogState &state, std::string_view schema, std::string_view name,
                      bool add) {
  uint32_t *count = state.constraint_names.edit(NameView{schema, name});
  if (add && count) {
    ++*count;
  } else if (add) {
    state.constraint_names.set(ObjectName(schema, name), 1);
    noteTaken(state.constraint_numbers, schema, name, [&](const std::string &other) {
      return state.constraint_names.contains(NameView{schema, other});
    });
  } else if (count && --*count == 0) {
    state.constraint_names.erase(NameView{schema, name});
    noteFree(state.constraint_numbers, schema, name);
  }
}

void Change::indexFacts(ObjectId id, std::shared_ptr<const IndexedFacts> &held,
                        IndexedFacts facts) {
  sortOnce(facts.references);
  CatalogState &state = mutableState();
  const IndexedFacts nothing;
  const IndexedFacts &before = held ? *held : nothing;
  if (before.references == facts.references && before.constraints == facts.constraints &&
      before.schema == facts.schema)
    return;

  for (ObjectId target : facts.references)
    if (!std::binary_search(before.references.begin(), before.references.end(), target))
      addMember(state.dependents, target, id);
  for (ObjectId target : before.references)
    if (!std::binary_search(facts.references.begin(), facts.references.end(), target))
      eraseMember(state.dependents, target, id);
  // What both begin with stays counted.
  auto added = facts.constraints.begin();
  auto gone = before.constraints.begin();
  if (before.schema == facts.schema)
    std::tie(added, gone) =
        std::mismatch(added, facts.constraints.end(), gone, before.constraints.end());
  for (; added != facts.constraints.end(); ++added)
    countName(state, facts.schema, *added, true);
  for (; gone != before.constraints.end(); ++gone)
    countName(state, before.schema, *gone, false);
  if (before.schema != facts.schema) {
    if (!facts.schema.empty())
      addMember(state.members, facts.schema, id);
    if (!before.schema.empty())
      eraseMember(state.members, before.schema, id);
  }
  held = facts.schema.empty() ? nullptr : std::make_shared<const IndexedFacts>(std::move(facts));
}

namespace {
/// What changes of the reverse indexes for one relation.
struct IndexChanges {
  /// References that come (1) and go (-1), each by its target; all, and those of foreign keys.
  std::vector<std::pair<ObjectId, int>> targets, key_targets;
  std::vector<const std::string *> constraints_gone, constraints_added;

  void compare(const IndexedRelation &before, const IndexedRelation &after) {
    const auto with = [&](int64_t by) { return [this, by](const auto &part) { count(part, by); }; };
    SharedVector<Column>::compare(before.columns, after.columns, with(-1), with(1));
    SharedVector<Trigger>::compare(before.triggers, after.triggers, with(-1), with(1));
    SharedVector<Reference>::compare(before.references, after.references, with(-1), with(1));
    if (before.others != after.others) {
      for (ObjectId target : before.others)
        count(target, -1);
      for (ObjectId target : after.others)
        count(target, 1);
    }
    const auto constraint = [&](std::vector<const std::string *> &names, int64_t by) {
      return [this, &names, by](const Constraint &part) {
        names.push_back(&part.name);
        count(part, by);
      };
    };
    const auto gone = constraint(constraints_gone, -1);
    const auto added = constraint(constraints_added, 1);
    // The names are counted by the schema.
    if (before.schema == after.schema)
      return SharedVector<Constraint>::compare(before.constraints, after.constraints, gone, added);
    std::for_each(before.constraints.begin(), before.constraints.end(), gone);
    std::for_each(after.constraints.begin(), after.constraints.end(), added);
  }

private:
  void count(ObjectId target, int64_t by) {
    if (target != ObjectId::none)
      targets.emplace_back(target, static_cast<int>(by));
  }
  void count(const Column &column, int64_t by) { count(column.type_id, by); }
  void count(const Trigger &trigger, int64_t by) { count(trigger.function_id, by); }
  void count(const Reference &reference, int64_t by) { count(reference.target, by); }
  void count(const Constraint &constraint, int64_t by) {
    count(constraint.referenced, by);
    if (constraint.kind == ConstraintKind::foreign_key && constraint.referenced != ObjectId::none)
      key_targets.emplace_back(constraint.referenced, static_cast<int>(by));
    if (constraint.referenced != ObjectId::none)
      count(constraint.referenced_index, by);
  }
};
} // namespace

/// Adds the changes to the numbers in `targets`, and keeps the sets of those that `id` refers to.
static void countTargets(IdMap<ObjectSet> &sets, IdMap<uint32_t> &targets,
                         std::vector<std::pair<ObjectId, int>> changes, ObjectId id) {
  if (changes.size() > 1)
    std::sort(changes.begin(), changes.end());
  for (size_t i = 0, next = 0; i < changes.size(); i = next) {
    const ObjectId target = changes[i].first;
    int64_t by = 0;
    for (next = i; next < changes.size() && changes[next].first == target; ++next)
      by += changes[next].second;
    if (by == 0 || target == id)
      continue;
    const uint32_t *known = targets.find(target);
    const int64_t count = (known ? *known : 0) + by;
    if (!known)
      addMember(sets, target, id);
    else if (count <= 0)
      eraseMember(sets, target, id);
    if (count > 0)
      targets.set(target, static_cast<uint32_t>(count));
    else
      targets.erase(target);
  }
}

void Change::indexRelation(ObjectId id, std::shared_ptr<const IndexedRelation> &held,
                           IndexedRelation facts) {
  const IndexedRelation nothing;
  const IndexedRelation &before = held ? *held : nothing;
  IndexChanges changes;
  changes.compare(before, facts);
  CatalogState &state = mutableState();
  facts.targets = before.targets;
  facts.key_targets = before.key_targets;
  countTargets(state.dependents, facts.targets, std::move(changes.targets), id);
  countTargets(state.referencing, facts.key_targets, std::move(changes.key_targets), id);
  for (const std::string *name : changes.constraints_added)
    countName(state, facts.schema, *name, true);
  for (const std::string *name : changes.constraints_gone)
    countName(state, before.schema, *name, false);
  if (before.schema != facts.schema) {
    if (!facts.schema.empty())
      addMember(state.members, facts.schema, id);
    if (!before.schema.empty())
      eraseMember(state.members, before.schema, id);
  }
  held = facts.schema.empty() ? nullptr : std::make_shared<const IndexedRelation>(std::move(facts));
}

void Change::markIncomplete(bool may_change) {
  CatalogState &state = mutableState();
  if (!state.incomplete)
    state.incomplete = std::make_shared<const Origin>(origin_);
  ++state.epoch;
  if (may_change)
    ++state.change_epoch;
}

} // namespace lockstep::catalog
