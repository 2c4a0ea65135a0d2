#include "catalog/change/target.hpp"

namespace lockstep::catalog {

std::string messageName(const QualifiedName &name) {
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

RelationKind relationKindOf(ObjectKind kind) {
  if (kind == ObjectKind::foreign_table)
    return RelationKind::foreign_table;
  if (kind == ObjectKind::view)
    return RelationKind::view;
  if (kind == ObjectKind::materialized_view)
    return RelationKind::materialized_view;
  if (kind == ObjectKind::index)
    return RelationKind::index;
  if (kind == ObjectKind::sequence)
    return RelationKind::sequence;
  if (kind == ObjectKind::type)
    return RelationKind::composite_type;
  return RelationKind::table;
}

bool isOfKind(const Relation &relation, ObjectKind kind) {
  if (kind == ObjectKind::index)
    return relation.isIndex();
  if (kind == ObjectKind::table)
    return relation.kind == RelationKind::table || relation.kind == RelationKind::partitioned_table;
  return relation.kind == relationKindOf(kind);
}

bool refuseKind(Change &change, const QualifiedName &name, ObjectKind wanted) {
  const std::string_view noun = ops::name(wanted);
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun.front()) != noun.npos;
  return change.refuse("42809", format("\"{}\" is not {} {}", name.name, vowel ? "an" : "a", noun),
                       name.where, messageName(name));
}

bool requireSchema(Change &change, const QualifiedName &name) {
  if (name.schema.empty())
    return true;
  const SchemaEntry *entry = change.state().schemas.find(name.schema);
  if (!entry || entry->exists || entry->epoch != change.state().epoch)
    return true;
  return change.refuse("3F000", format("schema \"{}\" does not exist", name.schema), name.where,
                       name.schema);
}

Target findTarget(Change &change, const QualifiedName &name, RelationKind kind, bool if_exists,
                  std::string_view noun) {
  if (const Relation *found = change.catalog().findRelation(name))
    return {found->id, false};
  if (change.catalog().knowledgeOf(name) == Knowledge::absent) {
    if (if_exists)
      return {};
    change.refuse("42P01", format("{} \"{}\" does not exist", noun, messageName(name)), name.where,
                  messageName(name));
    return {ObjectId::none, true};
  }
  if (!requireSchema(change, name) && !if_exists)
    return {ObjectId::none, true};
  return {change.createPartial(name, kind), false};
}

Target findTarget(Change &change, const AlterTarget &target) {
  const Target found =
      findTarget(change, target.relation, relationKindOf(target.kind), target.if_exists);
  if (found.id == ObjectId::none)
    return found;
  const Relation &relation = *change.catalog().relation(found.id);
  // ALTER TABLE serves for every kind of relation that has the subcommand.
  if (target.kind == ObjectKind::table || isOfKind(relation, target.kind))
    return found;
  if (!change.catalog().isCertain(relation)) {
    change.edit(found.id)->kind = relationKindOf(target.kind);
    return found;
  }
  refuseKind(change, target.relation, target.kind);
  return {ObjectId::none, true};
}

QualifiedName creationName(const Change &change, const QualifiedName &name,
                           Persistence persistence) {
  if (!name.schema.empty())
    return name;
  if (persistence == Persistence::temporary)
    return {std::string(temporary_schema), name.name, name.where};
  return {std::string(creationSchema(change.state())), name.name, name.where};
}

bool requireFreeName(Change &change, const QualifiedName &resolved, Range where,
                     ObjectId &replaced) {
  replaced = ObjectId::none;
  const CatalogState &state = change.state();
  const NameEntry *entry = state.relation_names.find(NameView{resolved.schema, resolved.name});
  if (entry && entry->id != ObjectId::none) {
    const Relation &existing = *change.catalog().relation(entry->id);
    if (change.catalog().isCertain(existing))
      return change.refuse("42P07", format("relation \"{}\" already exists", resolved.name), where,
                           existing.qualifiedName());
    replaced = existing.id;
    return true;
  }
  const NameEntry *type = state.type_names.find(NameView{resolved.schema, resolved.name});
  if (type && type->id != ObjectId::none && type->epoch == state.change_epoch &&
      !change.catalog().type(type->id)->partial)
    return change.refuse("42710", format("type \"{}\" already exists", resolved.name), where,
                         sqlName(resolved));
  return true;
}

// --- Parts of a relation ---

/// The part for changing it; null where there is none.
template <class Part> static Part *editable(SharedVector<Part> &parts, const Part *part) {
  return part ? parts.editFirst([&](const Part &other) { return &other == part; }) : nullptr;
}

Column *findColumn(Relation &relation, std::string_view name) {
  return editable(relation.columns, relation.findColumn(name));
}

Constraint *findConstraint(Relation &relation, std::string_view name) {
  return editable(relation.constraints, relation.findConstraint(name));
}

Column &ensureColumn(Relation &relation, std::string_view name) {
  if (Column *column = findColumn(relation, name))
    return *column;
  relation.partial = true;
  relation.dropped_columns.eraseIf([&](const std::string &each) { return each == name; });
  Column &column = relation.columns.push_back({});
  column.name = name;
  column.origin = relation.origin;
  return column;
}

bool requireColumn(Change &change, const Relation &relation, std::string_view column, Range where) {
  if (change.catalog().knowledgeOf(relation, column) != Knowledge::absent)
    return true;
  return change.refuse(
      "42703", format("column \"{}\" of relation \"{}\" does not exist", column, relation.name),
      where, relation.qualifiedName());
}

bool requireColumns(Change &change, const Relation &relation,
                    const std::vector<std::string> &columns, Range where,
                    std::string_view message) {
  for (const std::string &column : columns)
    // A name of the table itself stands for the whole row.
    if (change.catalog().knowledgeOf(relation, column) == Knowledge::absent &&
        column != relation.name)
      return change.refuse("42703", format(message, column), where, relation.qualifiedName());
  return true;
}

bool resolveType(Change &change, const TypeName &type, ResolvedType &resolved) {
  resolved = resolveType(change.catalog(), type, change.postgres());
  if (resolved.knowledge != Knowledge::absent)
    return true;
  TypeName plain = type;
  plain.modifiers.clear();
  return change.refuse("42704", format("type \"{}\" does not exist", sqlType(plain)), type.where);
}

} // namespace lockstep::catalog
