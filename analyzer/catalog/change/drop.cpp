#include "catalog/change/drop.hpp"

#include "catalog/change/column.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/dependencies.hpp"

#include <algorithm>

namespace lockstep::catalog {

static void eraseId(SharedVector<ObjectId> &ids, ObjectId id) {
  ids.eraseIf([&](ObjectId each) { return each == id; });
}

/// Takes a relation out of the lists of its table, parents and children.
static void unlink(Change &change, const Relation &relation) {
  const auto edit = [&](ObjectId id, auto &&update) {
    if (change.catalog().relation(id))
      update(*change.edit(id));
  };
  const ObjectId id = relation.id;
  if (relation.index) {
    edit(relation.index->table, [&](Relation &table) { eraseId(table.indexes, id); });
    edit(relation.index->parent, [&](Relation &parent) { eraseId(parent.children, id); });
  }
  for (ObjectId parent : relation.parents)
    edit(parent, [&](Relation &above) { eraseId(above.children, id); });
  for (ObjectId child : relation.children)
    edit(child, [&](Relation &below) { std::erase(below.parents, id); });
  if (relation.sequence && change.catalog().relation(relation.sequence->owner))
    edit(relation.sequence->owner, [&](Relation &table) {
      table.columns.editIf([&](const Column &column) { return column.sequence == id; },
                           [](Column &column) { column.sequence = ObjectId::none; });
    });
}

static void eraseColumn(Relation &relation, const std::string &name) {
  relation.columns.eraseIf([&](const Column &column) { return column.name == name; });
  eraseReferences(relation, PartKind::column, name);
  eraseReferences(relation, PartKind::default_value, name);
  if (relation.partial)
    relation.dropped_columns.push_back(name);
}

static void eraseAddress(Change &change, const Address &address) {
  if (change.catalog().type(address.id))
    return change.eraseType(address.id);
  if (change.catalog().function(address.id))
    return change.eraseFunction(address.id);
  const Relation *found = change.catalog().relation(address.id);
  if (!found)
    return;
  if (address.kind == PartKind::whole) {
    unlink(change, *found);
    change.erase(address.id);
    return;
  }
  ObjectEdit<Relation> relation = change.edit(address.id);
  eraseReferences(*relation, address.kind, address.part);
  const auto is_part = [&](const auto &part) { return part.name == address.part; };
  switch (address.kind) {
  case PartKind::whole:
    break;
  case PartKind::column:
    eraseColumn(*relation, address.part);
    break;
  case PartKind::default_value:
    if (Column *column = findColumn(*relation, address.part)) {
      column->default_value.reset();
      column->is_serial = false;
    }
    break;
  case PartKind::constraint: {
    if (const Constraint *constraint = relation->findConstraint(address.part);
        constraint && constraint->kind == ConstraintKind::not_null)
      if (Column *column = findColumn(*relation, constraint->columns.front()))
        column->not_null = false;
    relation->constraints.eraseIf(is_part);
    break;
  }
  case PartKind::trigger:
    relation->triggers.eraseIf(is_part);
    break;
  case PartKind::policy:
    relation->policies.eraseIf(is_part);
    break;
  case PartKind::rule:
    relation->rules.eraseIf(is_part);
    break;
  }
}

/// True where the dependent surely is there.
static bool isSure(const Change &change, const Address &address) {
  const Relation *relation = change.catalog().relation(address.id);
  return !change.isConditional() && (!relation || change.catalog().isCertain(*relation));
}

bool dropAll(Change &change, const std::vector<Address> &objects, bool cascade, Range where) {
  const Dropped dropped = findDropped(change.catalog(), objects);
  if (!cascade)
    for (const Address &dependent : dropped.dependents) {
      if (!isSure(change, dependent))
        continue;
      const std::string object = description(change.catalog(), objects.front());
      return change.refuse(
          "2BP01",
          objects.size() > 1 ? "cannot drop desired object(s) because other objects depend on them"
                             : format("cannot drop {} because other objects depend on it", object),
          where, object.substr(object.rfind(' ') + 1));
    }
  const auto eraseThem = [&](const std::vector<Address> &addresses) {
    for (auto it = addresses.rbegin(); it != addresses.rend(); ++it)
      eraseAddress(change, *it);
  };
  eraseThem(dropped.dependents);
  eraseThem(dropped.objects);
  return true;
}

void removeRelation(Change &change, ObjectId id) {
  const Dropped dropped = findDropped(change.catalog(), {Address{id, PartKind::whole, {}}});
  for (auto it = dropped.objects.rbegin(); it != dropped.objects.rend(); ++it)
    eraseAddress(change, *it);
}

bool makeRoom(Change &change, const QualifiedName &resolved, Range where,
              std::initializer_list<ObjectId> kept) {
  ObjectId replaced = ObjectId::none;
  if (!requireFreeName(change, resolved, where, replaced))
    return false;
  if (replaced == ObjectId::none)
    return true;
  const Dropped dropped = findDropped(change.catalog(), {Address{replaced, PartKind::whole, {}}});
  for (const Address &address : dropped.objects)
    if (std::find(kept.begin(), kept.end(), address.id) != kept.end())
      return change.refuse("42P07", format("relation \"{}\" already exists", resolved.name), where,
                           sqlName(resolved));
  removeRelation(change, replaced);
  return true;
}

bool dropObject(Change &change, ObjectId id, bool cascade, Range where) {
  return dropAll(change, {Address{id, PartKind::whole, {}}}, cascade, where);
}

bool dropPart(Change &change, ObjectId relation, PartKind kind, std::string_view part, bool cascade,
              Range where) {
  return dropAll(change, {Address{relation, kind, std::string(part)}}, cascade, where);
}

} // namespace lockstep::catalog
