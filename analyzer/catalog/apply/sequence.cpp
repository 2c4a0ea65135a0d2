#include "catalog/apply/apply_op.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/target.hpp"

namespace lockstep::catalog {

/// Sets the owner of OWNED BY. A table that was never seen becomes known.
static bool setOwner(Change &change, ObjectId sequence, const QualifiedName &table,
                     const std::string &column, Range where) {
  const Target owner = findTarget(change, table, RelationKind::table, false);
  if (owner.refused || !requireColumn(change, *change.catalog().relation(owner.id), column, where))
    return false;
  ObjectEdit<Relation> edited = change.edit(sequence);
  SequenceInfo info = edited->sequence ? *edited->sequence : SequenceInfo();
  info.owner = owner.id;
  info.owner_column = column;
  edited->sequence = std::make_shared<const SequenceInfo>(std::move(info));
  // A default that takes its values from the sequence makes the column a serial one again.
  ObjectEdit<Relation> relation = change.edit(owner.id);
  if (Column *own = findColumn(*relation, column))
    own->sequence = sequence;
  return true;
}

bool applyOp(Change &change, const CreateSequence &op) {
  const QualifiedName name = creationName(change, op.sequence, op.persistence);
  if (!requireSchema(change, op.sequence))
    return false;
  const NameEntry *entry = change.state().relation_names.find(NameView{name.schema, name.name});
  if (op.if_not_exists && entry && entry->id != ObjectId::none)
    return true;
  ObjectId replaced = ObjectId::none;
  if (!requireFreeName(change, name, op.sequence.where, replaced))
    return false;
  if (replaced != ObjectId::none)
    removeRelation(change, replaced);
  Relation sequence;
  sequence.id = replaced;
  sequence.kind = RelationKind::sequence;
  sequence.schema = name.schema;
  sequence.name = name.name;
  sequence.persistence = op.persistence;
  sequence.origin = change.origin();
  SequenceInfo info;
  info.type = op.type;
  if (info.type.empty()) {
    info.type.schema = "pg_catalog";
    info.type.name = "int8";
  }
  info.options = op.options;
  sequence.sequence = std::make_shared<const SequenceInfo>(std::move(info));
  const ObjectId id = change.create(std::move(sequence));
  return op.owned_by_table.empty() ||
         setOwner(change, id, op.owned_by_table, op.owned_by_column, op.where);
}

bool applyOp(Change &change, const AlterSequence &op) {
  const AlterTarget alter{op.sequence, ObjectKind::sequence, op.if_exists, false};
  const Target target = findTarget(change, alter);
  if (target.id == ObjectId::none)
    return !target.refused;
  {
    ObjectEdit<Relation> edited = change.edit(target.id);
    SequenceInfo info = edited->sequence ? *edited->sequence : SequenceInfo();
    if (!op.type.empty())
      info.type = op.type;
    for (const Option &option : op.options) {
      std::erase_if(info.options, [&](const Option &each) { return each.name == option.name; });
      info.options.push_back(option);
    }
    if (op.owned_by_none) {
      info.owner = ObjectId::none;
      info.owner_column.clear();
    }
    edited->sequence = std::make_shared<const SequenceInfo>(std::move(info));
  }
  return op.owned_by_table.empty() ||
         setOwner(change, target.id, op.owned_by_table, op.owned_by_column, op.where);
}

} // namespace lockstep::catalog
