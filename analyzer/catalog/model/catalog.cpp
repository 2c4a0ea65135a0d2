#include "catalog/model/catalog.hpp"

#include "catalog/model/references.hpp"
#include "catalog/model/settings.hpp"
#include "catalog/model/state.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_set>

namespace lockstep::catalog {

Catalog::Catalog() : state_(std::make_shared<CatalogState>()) {}

CatalogState &Catalog::mutableState() {
  if (state_.use_count() != 1)
    state_ = std::make_shared<CatalogState>(*state_);
  return *state_;
}

template <class Map, class Id> static auto held(const Map &map, Id id) {
  const auto *slot = map.find(id);
  return slot ? slot->get() : nullptr;
}

template <class Object> static void sortByName(std::vector<const Object *> &objects) {
  std::sort(objects.begin(), objects.end(), [](const Object *a, const Object *b) {
    if (const int order = a->schema.compare(b->schema); order != 0)
      return order < 0;
    return std::tie(a->name, a->id) < std::tie(b->name, b->id);
  });
}

template <class Object, class Map, class Wanted>
static std::vector<const Object *> sortedObjects(const Map &map, Wanted &&wanted) {
  std::vector<const Object *> all;
  map.forEach([&](const auto &, const auto &object) {
    if (wanted(*object))
      all.push_back(object.get());
  });
  sortByName(all);
  return all;
}

template <class Object, class Map>
static std::vector<const Object *> sortedObjects(const Map &map) {
  return sortedObjects<Object>(map, [](const Object &) { return true; });
}

template <class Object, class Map>
static std::vector<const Object *> objectsIn(const CatalogState &state, const Map &map,
                                             std::string_view schema) {
  std::vector<const Object *> all;
  if (const ObjectSet *members = state.members.find(schema))
    members->forEach([&](ObjectId id, bool) {
      if (const Object *object = held(map, id))
        all.push_back(object);
    });
  sortByName(all);
  return all;
}

// --- Relations ---

const Relation *Catalog::relation(ObjectId id) const { return held(state_->relations, id); }

const Relation *Catalog::findRelation(const QualifiedName &name) const {
  const NameEntry *entry = findName(*state_, state_->relation_names, name);
  return entry && entry->id != ObjectId::none ? relation(entry->id) : nullptr;
}

Knowledge Catalog::knowledgeOf(const QualifiedName &name) const {
  return catalog::knowledgeOf(*state_, findName(*state_, state_->relation_names, name));
}

static bool isSystemColumn(std::string_view name) {
  constexpr std::array<std::string_view, 6> names{"ctid", "xmin", "cmin",
                                                  "xmax", "cmax", "tableoid"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

Knowledge Catalog::knowledgeOf(const Relation &relation, std::string_view column) const {
  if (relation.findColumn(column) || isSystemColumn(column))
    return Knowledge::known;
  const auto &dropped = relation.dropped_columns;
  if (isCertain(relation) || std::find(dropped.begin(), dropped.end(), column) != dropped.end())
    return Knowledge::absent;
  return Knowledge::unknown;
}

bool Catalog::isCertain(const Relation &relation) const {
  if (relation.partial)
    return false;
  const NameEntry *entry = state_->relation_names.find(NameView{relation.schema, relation.name});
  return entry && entry->id == relation.id && entry->epoch == state_->change_epoch;
}

QualifiedName Catalog::resolve(const QualifiedName &name) const {
  if (!name.schema.empty())
    return name;
  if (const Relation *found = findRelation(name))
    return {found->schema, found->name, name.where};
  return {std::string(creationSchema(*state_)), name.name, name.where};
}

std::vector<const Relation *> Catalog::relations() const {
  return sortedObjects<Relation>(state_->relations);
}

std::vector<const Relation *> Catalog::relationsIn(std::string_view schema) const {
  return objectsIn<Relation>(*state_, state_->relations, schema);
}

std::vector<const Type *> Catalog::typesIn(std::string_view schema) const {
  return objectsIn<Type>(*state_, state_->types, schema);
}

std::vector<const Function *> Catalog::functionsIn(std::string_view schema) const {
  return objectsIn<Function>(*state_, state_->functions, schema);
}

std::vector<const Relation *> Catalog::tables() const {
  return sortedObjects<Relation>(state_->relations,
                                 [](const Relation &relation) { return relation.holdsRows(); });
}

std::vector<const Relation *> Catalog::withDescendants(const Relation &root) const {
  std::vector<const Relation *> all{&root};
  std::unordered_set<ObjectId> seen{root.id};
  for (size_t i = 0; i < all.size(); ++i)
    for (ObjectId child : all[i]->children)
      if (const Relation *relation = this->relation(child); relation && seen.insert(child).second)
        all.push_back(relation);
  return all;
}

const Relation &Catalog::rootOf(const Relation &relation) const {
  const Relation *root = &relation;
  while (root->is_partition && !root->parents.empty()) {
    const Relation *parent = this->relation(root->parents.front());
    if (!parent)
      break;
    root = parent;
  }
  return *root;
}

const Relation *Catalog::defaultPartition(const Relation &relation) const {
  const Relation *partition = this->relation(relation.default_partition);
  const bool is_still = partition && partition->is_partition && partition->bound->is_default &&
                        std::find(partition->parents.begin(), partition->parents.end(),
                                  relation.id) != partition->parents.end();
  return is_still ? partition : nullptr;
}

std::vector<const Relation *> Catalog::indexesOf(const Relation &relation) const {
  std::vector<const Relation *> indexes;
  for (ObjectId id : relation.indexes)
    if (const Relation *index = this->relation(id))
      indexes.push_back(index);
  return indexes;
}

/// The set of `id`, in order.
static std::vector<ObjectId> members(const IdMap<ObjectSet> &sets, ObjectId id) {
  std::vector<ObjectId> ids;
  if (const ObjectSet *set = sets.find(id))
    set->forEach([&](ObjectId member, bool) { ids.push_back(member); });
  std::sort(ids.begin(), ids.end());
  return ids;
}

/// Ids of the objects that refer to `id`, in order.
static std::vector<ObjectId> referrers(const CatalogState &state, ObjectId id) {
  return members(state.dependents, id);
}

std::vector<Catalog::ForeignKey> Catalog::foreignKeysTo(const Relation &relation) const {
  std::vector<ForeignKey> keys;
  const auto addKeys = [&](const Relation &table) {
    for (const Constraint &constraint : table.constraints)
      if (constraint.kind == ConstraintKind::foreign_key && constraint.referenced == relation.id)
        keys.push_back({&table, &constraint});
  };
  addKeys(relation);
  for (ObjectId id : members(state_->referencing, relation.id))
    if (const Relation *table = this->relation(id))
      addKeys(*table);
  return keys;
}

// --- Types ---

const Type *Catalog::type(ObjectId id) const { return held(state_->types, id); }

const Type *Catalog::findType(const QualifiedName &name) const {
  const NameEntry *entry = findName(*state_, state_->type_names, name);
  return entry && entry->id != ObjectId::none ? type(entry->id) : nullptr;
}

bool Catalog::hasTypes() const { return !state_->types.empty(); }

std::vector<const Type *> Catalog::types() const { return sortedObjects<Type>(state_->types); }

std::vector<Catalog::TypeUse> Catalog::usesOf(const Type &type) const {
  std::vector<TypeUse> uses;
  std::vector<ObjectId> open{type.id};
  std::vector<ObjectId> seen{type.id};
  const auto follow = [&](ObjectId id) {
    if (std::find(seen.begin(), seen.end(), id) == seen.end()) {
      seen.push_back(id);
      open.push_back(id);
    }
  };
  while (!open.empty()) {
    const ObjectId current = open.back();
    open.pop_back();
    for (ObjectId id : referrers(*state_, current)) {
      if (this->type(id)) {
        follow(id); // A domain over it.
        continue;
      }
      const Relation *relation = this->relation(id);
      if (!relation)
        continue;
      for (const Column &column : relation->columns)
        if (column.type_id == current)
          uses.push_back({relation, &column});
      if (relation->kind == RelationKind::composite_type)
        if (const Type *composite = findType({relation->schema, relation->name, {}}))
          follow(composite->id);
    }
  }
  return uses;
}

bool Catalog::isConstrainedDomain(const Column &column) const {
  if (column.type.array_dimensions > 0)
    return false;
  ObjectId id = column.type_id;
  for (int guard = 0; guard < 100; ++guard) {
    const Type *type = this->type(id);
    if (!type || type->kind != TypeKind::domain)
      return false;
    if (type->not_null || !type->constraints.empty())
      return true;
    id = type->base_id;
  }
  return false;
}

// --- Functions and all else ---

std::vector<const Function *> Catalog::findFunctions(const QualifiedName &name) const {
  std::vector<const Function *> found;
  const auto addFrom = [&](std::string_view schema) {
    if (const FunctionEntry *entry = state_->function_names.find(NameView{schema, name.name}))
      for (ObjectId id : entry->ids)
        found.push_back(function(id));
  };
  if (!name.schema.empty()) {
    addFrom(name.schema);
    return found;
  }
  for (const std::string &schema : *state_->search_path)
    addFrom(schema);
  return found;
}

const Function *Catalog::function(ObjectId id) const { return held(state_->functions, id); }

std::vector<const Function *> Catalog::functions() const {
  return sortedObjects<Function>(state_->functions);
}

bool Catalog::hasSchema(std::string_view schema) const {
  const SchemaEntry *entry = state_->schemas.find(schema);
  return entry && entry->exists;
}

bool Catalog::hasMadeSchema(std::string_view schema) const {
  const SchemaEntry *entry = state_->schemas.find(schema);
  return entry && entry->exists && entry->is_made && !incompleteSince();
}

std::vector<std::string> Catalog::schemas() const {
  std::vector<std::string> names;
  state_->schemas.forEach([&](const std::string &name, const SchemaEntry &entry) {
    if (entry.exists)
      names.push_back(name);
  });
  std::sort(names.begin(), names.end());
  return names;
}

const SchemaEntry *Catalog::schema(std::string_view name) const {
  const SchemaEntry *entry = state_->schemas.find(name);
  return entry && entry->exists ? entry : nullptr;
}

const NamedObject *Catalog::findObject(ObjectKind kind, const QualifiedName &name) const {
  if (const auto *exact = held(state_->objects, objectKey(kind, name)))
    return exact;
  if (name.schema.empty())
    for (const std::string &schema : *state_->search_path)
      if (const auto *found = held(state_->objects, objectKey(kind, {schema, name.name, {}})))
        return found;
  return nullptr;
}

std::vector<const NamedObject *> Catalog::objects() const {
  std::vector<const NamedObject *> all;
  state_->objects.forEach([&](const auto &, const std::shared_ptr<NamedObject> &object) {
    if (object)
      all.push_back(object.get());
  });
  std::sort(all.begin(), all.end(), [](const NamedObject *a, const NamedObject *b) {
    return std::tie(a->kind, a->name.schema, a->name.name) <
           std::tie(b->kind, b->name.schema, b->name.name);
  });
  return all;
}

std::vector<Dependent> Catalog::dependentsOf(ObjectId id) const {
  std::vector<Dependent> dependents;
  const auto addFrom = [&](ObjectId dependent, const std::vector<OutgoingReference> &references) {
    for (const OutgoingReference &outgoing : references)
      if (outgoing.reference.target == id)
        dependents.push_back({dependent, outgoing.reference.part_kind, outgoing.reference.part,
                              outgoing.reference.column, outgoing.kind});
  };
  if (const Relation *self = relation(id))
    addFrom(id, referencesOf(*self));
  for (ObjectId dependent : referrers(*state_, id)) {
    if (const Relation *relation = this->relation(dependent))
      addFrom(dependent, referencesOf(*relation));
    else if (const Type *type = this->type(dependent))
      addFrom(dependent, referencesOf(*type));
    else if (const Function *function = this->function(dependent))
      addFrom(dependent, referencesOf(*function));
  }
  return dependents;
}

// --- The session ---

std::vector<std::string> Catalog::searchPath() const { return *state_->search_path; }

const Origin *Catalog::incompleteSince() const { return state_->incomplete.get(); }

std::optional<std::string> Catalog::setting(std::string_view name) const {
  return settingOf(*state_, name);
}

void Catalog::setDefaultSettings(const std::map<std::string, std::string> &values) {
  CatalogState &state = mutableState();
  state.default_settings = {};
  for (const auto &[name, value] : values)
    state.default_settings.set(name, value);
  refreshSearchPath(state);
}

} // namespace lockstep::catalog
