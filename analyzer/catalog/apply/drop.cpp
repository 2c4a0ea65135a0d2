#include "catalog/apply/drop.hpp"

#include "catalog/apply/apply_op.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/named.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/function_match.hpp"

#include <algorithm>

namespace lockstep::catalog {

static bool isPart(ObjectKind kind) {
  return kind == ObjectKind::trigger || kind == ObjectKind::policy || kind == ObjectKind::rule;
}

static bool isRelationKind(ObjectKind kind) {
  return kind == ObjectKind::table || kind == ObjectKind::foreign_table ||
         kind == ObjectKind::view || kind == ObjectKind::materialized_view ||
         kind == ObjectKind::index || kind == ObjectKind::sequence;
}

/// Refuses to drop what only exists as a part of something else (findDependentObjects,
/// dependency.c).
static bool mayDropAlone(Change &change, const Relation &relation, Range where) {
  const Catalog &catalog = change.catalog();
  if (!catalog.isCertain(relation))
    return true;
  const Address self{relation.id, PartKind::whole, {}};
  const auto requiredBy = [&](const Address &other) {
    return change.refuse("2BP01",
                         format("cannot drop {} because {} requires it", description(catalog, self),
                                description(catalog, other)),
                         where, relation.qualifiedName());
  };
  if (relation.index && relation.index->parent != ObjectId::none)
    return requiredBy({relation.index->parent, PartKind::whole, {}});
  if (relation.index && !relation.index->constraint.empty())
    return requiredBy({relation.index->table, PartKind::constraint, relation.index->constraint});
  if (relation.sequence && relation.sequence->is_identity &&
      relation.sequence->owner != ObjectId::none)
    return requiredBy(
        {relation.sequence->owner, PartKind::column, relation.sequence->owner_column});
  return true;
}

static bool dropRelationOp(Change &change, const DropObject &op, std::vector<Address> &dropped) {
  const Relation *relation = change.catalog().findRelation(op.name);
  if (!relation) {
    const Knowledge knowledge = change.catalog().knowledgeOf(op.name);
    if (knowledge == Knowledge::absent && !op.if_exists)
      return change.refuse(
          "42P01", format("{} \"{}\" does not exist", ops::name(op.kind), messageName(op.name)),
          op.where, messageName(op.name));
    change.dropName(change.catalog().resolve(op.name));
    return true;
  }
  if (!isOfKind(*relation, op.kind)) {
    if (change.catalog().isCertain(*relation))
      return refuseKind(change, op.name, op.kind);
  } else if (!mayDropAlone(change, *relation, op.where)) {
    return false;
  }
  if (op.concurrently && relation->kind == RelationKind::partitioned_index &&
      relation->persistence != Persistence::temporary)
    return change.refuse(
        "0A000", format("cannot drop partitioned index \"{}\" concurrently", relation->name),
        op.where, relation->qualifiedName());
  dropped.push_back({relation->id, PartKind::whole, {}});
  return true;
}

static bool dropPartOp(Change &change, const DropObject &op) {
  const Target target = findTarget(change, op.on_table, RelationKind::table, op.if_exists);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &table = *change.catalog().relation(target.id);
  const Trigger *trigger = table.findTrigger(op.name.name);
  const bool found =
      op.kind == ObjectKind::trigger ? trigger != nullptr
      : op.kind == ObjectKind::policy
          ? table.findPolicy(op.name.name) != nullptr
          : std::any_of(table.rules.begin(), table.rules.end(),
                        [&](const RewriteRule &rule) { return rule.name == op.name.name; });
  if (!found) {
    if (op.if_exists || !change.catalog().isCertain(table))
      return true;
    return change.refuse("42704",
                         format("{} \"{}\" for {} \"{}\" does not exist", ops::name(op.kind),
                                op.name.name, op.kind == ObjectKind::rule ? "relation" : "table",
                                table.name),
                         op.where, table.qualifiedName());
  }
  if (trigger && trigger->parent != ObjectId::none && change.catalog().isCertain(table))
    return change.refuse(
        "2BP01",
        format("cannot drop {} because {} requires it",
               description(change.catalog(), {table.id, PartKind::trigger, trigger->name}),
               description(change.catalog(), {trigger->parent, PartKind::trigger, trigger->name})),
        op.where, table.qualifiedName());
  const PartKind kind = op.kind == ObjectKind::trigger  ? PartKind::trigger
                        : op.kind == ObjectKind::policy ? PartKind::policy
                                                        : PartKind::rule;
  // Clones on partitions go with it.
  if (kind == PartKind::trigger)
    for (const Relation *below : change.catalog().withDescendants(table))
      if (below->id != table.id && below->findTrigger(op.name.name))
        change.edit(below->id)->triggers.eraseIf(
            [&](const Trigger &each) { return each.name == op.name.name; });
  return dropPart(change, target.id, kind, op.name.name, op.cascade, op.where);
}

static bool dropTypeOp(Change &change, const DropObject &op, std::vector<Address> &dropped) {
  const CatalogState &state = change.state();
  const NameEntry *entry = findName(state, state.type_names, op.name);
  if (entry && entry->id != ObjectId::none) {
    const Type &type = *change.catalog().type(entry->id);
    if (op.kind == ObjectKind::domain && type.kind != TypeKind::domain && !type.partial)
      return refuseKind(change, op.name, op.kind);
    dropped.push_back({entry->id, PartKind::whole, {}});
    return true;
  }
  if (knowledgeOf(state, entry) == Knowledge::absent && !op.if_exists)
    return change.refuse("42704", format("type \"{}\" does not exist", messageName(op.name)),
                         op.where, messageName(op.name));
  const QualifiedName resolved = creationName(change, op.name);
  change.dropTypeName(resolved);
  return true;
}

static bool dropFunctionOp(Change &change, const DropObject &op, std::vector<Address> &dropped) {
  const Function *function =
      findFunction(change.catalog(), op.name, op.arguments, op.has_arguments, change.postgres());
  if (function)
    dropped.push_back({function->id, PartKind::whole, {}});
  return true;
}

static bool dropSchema(Change &change, const DropObject &op) {
  const std::string &name = op.name.name;
  CatalogState &state = change.mutableState();
  const SchemaEntry *entry = state.schemas.find(name);
  if (entry && !entry->exists && entry->epoch == state.epoch && !op.if_exists)
    return change.refuse("3F000", format("schema \"{}\" does not exist", name), op.where, name);
  std::vector<Address> members;
  if (const ObjectSet *set = state.members.find(name))
    set->forEach([&](ObjectId id, bool) { members.push_back({id, PartKind::whole, {}}); });
  std::sort(members.begin(), members.end());
  if (!op.cascade && !change.isConditional())
    for (const Address &member : members) {
      const Relation *relation = change.catalog().relation(member.id);
      if (!relation || change.catalog().isCertain(*relation))
        return change.refuse("2BP01",
                             format("cannot drop schema {} because other objects depend on it",
                                    quoteIdentifier(name)),
                             op.where, name);
    }
  if (!dropAll(change, members, true, op.where))
    return false;
  dropNamedIn(change, name);
  SchemaEntry gone;
  gone.exists = false;
  gone.epoch = state.epoch;
  change.mutableState().schemas.set(name, gone);
  return true;
}

static bool dropNamedOp(Change &change, const DropObject &op) {
  const QualifiedName key = namedKey(op.kind, op.name, op.arguments);
  const NamedObject *object = change.catalog().findObject(op.kind, key);
  change.mutableState().objects.set(objectKey(op.kind, object ? object->name : key), nullptr);
  return true;
}

/// Adds what an op drops to `dropped`, or drops it at once where nothing depends on such objects.
static bool collect(Change &change, const DropObject &op, std::vector<Address> &dropped) {
  if (isRelationKind(op.kind))
    return dropRelationOp(change, op, dropped);
  if (isPart(op.kind))
    return dropPartOp(change, op);
  if (op.kind == ObjectKind::type || op.kind == ObjectKind::domain)
    return dropTypeOp(change, op, dropped);
  if (op.kind == ObjectKind::function || op.kind == ObjectKind::procedure ||
      op.kind == ObjectKind::routine || op.kind == ObjectKind::aggregate)
    return dropFunctionOp(change, op, dropped);
  if (op.kind == ObjectKind::schema)
    return dropSchema(change, op);
  return dropNamedOp(change, op);
}

bool applyOp(Change &change, const DropObject &op) {
  std::vector<Address> dropped;
  if (!collect(change, op, dropped))
    return false;
  return dropped.empty() || dropAll(change, dropped, op.cascade, op.where);
}

bool applyDrops(Change &change, const std::vector<Op> &ops) {
  std::vector<Address> dropped;
  bool cascade = false;
  Range where;
  for (const Op &op : ops) {
    const auto &drop = std::get<DropObject>(op);
    if (!collect(change, drop, dropped))
      return false;
    cascade = cascade || drop.cascade;
    where = where.empty() ? drop.where : where;
  }
  return dropped.empty() || dropAll(change, dropped, cascade, where);
}

} // namespace lockstep::catalog
