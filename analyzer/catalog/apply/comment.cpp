#include "catalog/apply/apply_op.hpp"
#include "catalog/model/function_match.hpp"

// COMMENT ON.

namespace lockstep::catalog {

template <class Part>
static void commentPart(SharedVector<Part> &parts, const std::string &name,
                        const std::string &text) {
  parts.editIf([&](const Part &part) { return part.name == name; },
               [&](Part &part) { part.comment = text; });
}

static void commentInRelation(Change &change, const Comment &op, const std::string &text) {
  const Relation *relation = change.catalog().findRelation(op.name);
  if (!relation)
    return;
  ObjectEdit<Relation> edited = change.edit(relation->id);
  switch (op.kind) {
  case ObjectKind::column:
  case ObjectKind::type_attribute:
    return commentPart(edited->columns, op.part, text);
  case ObjectKind::constraint:
    return commentPart(edited->constraints, op.part, text);
  case ObjectKind::trigger:
    return commentPart(edited->triggers, op.part, text);
  case ObjectKind::policy:
    return commentPart(edited->policies, op.part, text);
  case ObjectKind::rule:
    return commentPart(edited->rules, op.part, text);
  default:
    edited->comment = text;
  }
}

bool applyOp(Change &change, const Comment &op) {
  const std::string text = op.text.value_or("");
  switch (op.kind) {
  case ObjectKind::table:
  case ObjectKind::foreign_table:
  case ObjectKind::view:
  case ObjectKind::materialized_view:
  case ObjectKind::index:
  case ObjectKind::sequence:
  case ObjectKind::column:
  case ObjectKind::type_attribute:
  case ObjectKind::constraint:
  case ObjectKind::trigger:
  case ObjectKind::policy:
  case ObjectKind::rule:
    commentInRelation(change, op, text);
    return true;
  case ObjectKind::type:
  case ObjectKind::domain:
    if (const Type *type = change.catalog().findType(op.name))
      change.editType(type->id)->comment = text;
    return true;
  case ObjectKind::domain_constraint:
    if (const Type *type = change.catalog().findType(op.name))
      commentPart(change.editType(type->id)->constraints, op.part, text);
    return true;
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine:
  case ObjectKind::aggregate:
    if (const Function *function = findFunction(change.catalog(), op.name, op.arguments,
                                                op.has_arguments, change.postgres()))
      change.editFunction(function->id)->comment = text;
    return true;
  case ObjectKind::schema:
    if (SchemaEntry *entry = change.mutableState().schemas.edit(op.name.name))
      entry->comment = text;
    return true;
  default:
    if (const NamedObject *object = change.catalog().findObject(op.kind, op.name)) {
      auto edited = std::make_shared<NamedObject>(*object);
      edited->comment = text;
      change.mutableState().objects.set(objectKey(op.kind, edited->name), edited);
    }
    return true;
  }
}

} // namespace lockstep::catalog
