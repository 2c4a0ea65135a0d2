#include "catalog/apply/apply_op.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/target.hpp"

namespace lockstep::catalog {

/// Finds the column that an op is about. False: refused, or nothing to do, which `id` tells.
template <class Op> static bool findColumnTarget(Change &change, const Op &op, ObjectId &id) {
  const Target target = findTarget(change, op.target);
  id = target.id;
  if (target.id == ObjectId::none)
    return !target.refused;
  return requireColumn(change, *change.catalog().relation(target.id), op.column, op.where);
}

static bool refuseColumn(Change &change, const Relation &relation, std::string_view column,
                         std::string_view what, Range where) {
  return change.refuse("55000",
                       format("column \"{}\" of relation \"{}\" {}", column, relation.name, what),
                       where, relation.qualifiedName());
}

bool applyOp(Change &change, const AddIdentity &op) {
  ObjectId id = ObjectId::none;
  if (!findColumnTarget(change, op, id) || id == ObjectId::none)
    return id == ObjectId::none && change.result().refusals.empty();
  const Relation &relation = *change.catalog().relation(id);
  const Column *column = relation.findColumn(op.column);
  if (column && change.catalog().isCertain(relation)) {
    if (column->identity != Identity::none)
      return refuseColumn(change, relation, op.column, "is already an identity column", op.where);
    if (column->default_value)
      return refuseColumn(change, relation, op.column, "already has a default value", op.where);
    if (!column->not_null)
      return refuseColumn(change, relation, op.column,
                          "must be declared NOT NULL before identity can be added", op.where);
  }
  const ColumnOwner owner{relation.schema, relation.name, relation.persistence};
  const ObjectId sequence = createOwnedSequence(
      change, owner, op.column, column ? column->type : TypeName(), op.options, true);
  Column changed;
  {
    ObjectEdit<Relation> edited = change.edit(id);
    Column &own = ensureColumn(*edited, op.column);
    own.identity = op.identity;
    own.not_null = true;
    own.sequence = sequence;
    changed = own;
  }
  ownSequence(change, id, changed);
  return true;
}

bool applyOp(Change &change, const SetIdentity &op) {
  ObjectId id = ObjectId::none;
  if (!findColumnTarget(change, op, id) || id == ObjectId::none)
    return id == ObjectId::none && change.result().refusals.empty();
  const Relation &relation = *change.catalog().relation(id);
  const Column *column = relation.findColumn(op.column);
  if (column && column->identity == Identity::none && change.catalog().isCertain(relation))
    return refuseColumn(change, relation, op.column, "is not an identity column", op.where);
  ObjectEdit<Relation> edited = change.edit(id);
  Column &own = ensureColumn(*edited, op.column);
  if (op.identity != Identity::none)
    own.identity = op.identity;
  const Relation *sequence = change.catalog().relation(own.sequence);
  if (!sequence || !sequence->sequence)
    return true;
  SequenceInfo info = *sequence->sequence;
  for (const Option &option : op.options) {
    if (option.name == "restart")
      continue;
    std::erase_if(info.options, [&](const Option &each) { return each.name == option.name; });
    info.options.push_back(option);
  }
  change.edit(own.sequence)->sequence = std::make_shared<const SequenceInfo>(std::move(info));
  return true;
}

bool applyOp(Change &change, const DropIdentity &op) {
  ObjectId id = ObjectId::none;
  if (!findColumnTarget(change, op, id) || id == ObjectId::none)
    return id == ObjectId::none && change.result().refusals.empty();
  const Relation &relation = *change.catalog().relation(id);
  const Column *column = relation.findColumn(op.column);
  if (column && column->identity == Identity::none && change.catalog().isCertain(relation)) {
    if (op.if_exists)
      return true;
    return refuseColumn(change, relation, op.column, "is not an identity column", op.where);
  }
  ObjectId sequence = ObjectId::none;
  {
    ObjectEdit<Relation> edited = change.edit(id);
    Column &own = ensureColumn(*edited, op.column);
    own.identity = Identity::none;
    sequence = own.sequence;
    own.sequence = ObjectId::none;
  }
  if (change.catalog().relation(sequence))
    removeRelation(change, sequence);
  return true;
}

} // namespace lockstep::catalog
