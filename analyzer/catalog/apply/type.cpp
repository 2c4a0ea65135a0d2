#include "catalog/apply/apply_op.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/rename.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/dependencies.hpp"
#include "catalog/model/generated_names.hpp"
#include "catalog/model/resolve_type.hpp"

#include <algorithm>

namespace lockstep::catalog {

/// Refuses a type whose name is taken, by a type or a relation. A type that may be there gives way.
static bool requireFreeTypeName(Change &change, const QualifiedName &name) {
  if (!requireSchema(change, name))
    return false;
  const CatalogState &state = change.state();
  const NameEntry *entry = state.type_names.find(NameView{name.schema, name.name});
  if (entry && entry->id != ObjectId::none) {
    const Type &existing = *change.catalog().type(entry->id);
    if (entry->epoch == state.change_epoch && !existing.partial && existing.kind != TypeKind::shell)
      return change.refuse("42710", format("type \"{}\" already exists", name.name), name.where,
                           existing.qualifiedName());
    const ObjectId relation = existing.relation;
    change.eraseType(entry->id);
    if (change.catalog().relation(relation))
      change.erase(relation);
    return true;
  }
  const Relation *relation = change.catalog().findRelation(name);
  const bool has_row_type =
      relation && !relation->isIndex() && change.catalog().isCertain(*relation);
  if (has_row_type && relation->kind != RelationKind::sequence)
    return change.refuse("42710", format("type \"{}\" already exists", name.name), name.where,
                         relation->qualifiedName());
  return true;
}

static Type makeType(const Change &change, const QualifiedName &name, TypeKind kind) {
  Type type;
  type.kind = kind;
  type.schema = name.schema;
  type.name = name.name;
  type.origin = change.origin();
  return type;
}

/// The type that ALTER TYPE or ALTER DOMAIN works on. One that was never seen becomes partial.
static ObjectId findTypeTarget(Change &change, const QualifiedName &name, TypeKind kind,
                               Range where) {
  const CatalogState &state = change.state();
  const NameEntry *entry = findName(state, state.type_names, name);
  if (entry && entry->id != ObjectId::none)
    return entry->id;
  if (knowledgeOf(state, entry) == Knowledge::absent) {
    change.refuse("42704", format("type \"{}\" does not exist", messageName(name)), where,
                  messageName(name));
    return ObjectId::none;
  }
  Type type = makeType(change, creationName(change, name), kind);
  type.partial = true;
  type.origin = {};
  const ObjectId id = change.create(std::move(type));
  change.result().created.pop_back();
  return id;
}

static bool isSure(const Change &change, const Type &type) {
  const NameEntry *entry = change.state().type_names.find(NameView{type.schema, type.name});
  return !type.partial && entry && entry->epoch == change.state().change_epoch;
}

// --- Enums ---------------------------------------------------------------------------------------

bool applyOp(Change &change, const CreateEnum &op) {
  const QualifiedName name = creationName(change, op.type);
  if (!requireFreeTypeName(change, name))
    return false;
  Type type = makeType(change, name, TypeKind::enumeration);
  type.labels = op.labels;
  type.label_transactions.assign(op.labels.size(), 0);
  change.create(std::move(type));
  return true;
}

bool applyOp(Change &change, const AddEnumValue &op) {
  const ObjectId id = findTypeTarget(change, op.type, TypeKind::enumeration, op.where);
  if (id == ObjectId::none)
    return false;
  const Type &type = *change.catalog().type(id);
  const bool sure = isSure(change, type);
  if (sure && type.kind != TypeKind::enumeration)
    return change.refuse("42809", format("{} is not an enum", sqlName(op.type)), op.where,
                         type.qualifiedName());
  if (std::find(type.labels.begin(), type.labels.end(), op.value) != type.labels.end()) {
    if (op.if_not_exists || !sure)
      return true;
    return change.refuse("42710", format("enum label \"{}\" already exists", op.value), op.where,
                         type.qualifiedName());
  }
  auto neighbour = std::find(type.labels.begin(), type.labels.end(), op.neighbour);
  if (!op.neighbour.empty() && neighbour == type.labels.end() && sure)
    return change.refuse("22023", format("\"{}\" is not an existing enum label", op.neighbour),
                         op.where, type.qualifiedName());
  std::ptrdiff_t at = neighbour - type.labels.begin();
  if (neighbour != type.labels.end() && op.after)
    ++at;
  ObjectEdit<Type> edited = change.editType(id);
  edited->labels.insert(edited->labels.begin() + at, op.value);
  edited->label_transactions.insert(edited->label_transactions.begin() + at,
                                    change.origin().transaction);
  return true;
}

bool applyOp(Change &change, const RenameEnumValue &op) {
  const ObjectId id = findTypeTarget(change, op.type, TypeKind::enumeration, op.where);
  if (id == ObjectId::none)
    return false;
  const Type &type = *change.catalog().type(id);
  const bool sure = isSure(change, type);
  const auto has = [&](const std::string &label) {
    return std::find(type.labels.begin(), type.labels.end(), label) != type.labels.end();
  };
  if (sure && !has(op.value))
    return change.refuse("22023", format("\"{}\" is not an existing enum label", op.value),
                         op.where, type.qualifiedName());
  if (sure && has(op.new_value))
    return change.refuse("42710", format("enum label \"{}\" already exists", op.new_value),
                         op.where, type.qualifiedName());
  renameLabel(change, id, op.value, op.new_value);
  ObjectEdit<Type> edited = change.editType(id);
  std::replace(edited->labels.begin(), edited->labels.end(), op.value, op.new_value);
  return true;
}

// --- Domains -------------------------------------------------------------------------------------

static Constraint domainConstraint(const Change &change, const Type &domain,
                                   const ConstraintDef &definition) {
  Constraint constraint;
  constraint.kind = definition.kind;
  constraint.name = definition.name.empty()
                        ? chooseConstraintName(change.state(), domain.name, {}, "check",
                                               domain.schema, domain.constraints)
                        : definition.name;
  constraint.name_generated = definition.name.empty();
  constraint.expression = definition.expression;
  constraint.valid = !definition.not_valid;
  constraint.origin = change.origin();
  constraint.origin.where = definition.where;
  return constraint;
}

bool applyOp(Change &change, const CreateDomain &op) {
  const QualifiedName name = creationName(change, op.domain);
  if (!requireFreeTypeName(change, name))
    return false;
  ResolvedType resolved;
  if (!resolveType(change, op.type, resolved))
    return false;
  Type type = makeType(change, name, TypeKind::domain);
  type.base = resolved.type;
  type.base_id = resolved.id;
  type.collation = op.collation;
  type.default_value = op.default_value;
  for (const ConstraintDef &constraint : op.constraints) {
    if (constraint.kind == ConstraintKind::not_null)
      type.not_null = true;
    else
      type.constraints.push_back(domainConstraint(change, type, constraint));
  }
  change.create(std::move(type));
  return true;
}

/// Whether the action checks all values of the domain.
static bool checksValues(const AlterDomain &op, const Type &domain) {
  switch (op.action) {
  case DomainAction::add_constraint:
    return op.constraint && !op.constraint->not_valid;
  case DomainAction::set_not_null:
    return !domain.not_null;
  case DomainAction::validate_constraint:
    return true;
  case DomainAction::set_default:
  case DomainAction::drop_default:
  case DomainAction::drop_not_null:
  case DomainAction::drop_constraint:
    return false;
  }
  return false;
}

/// True for a column of the domain, or of a domain over it; false where its values are within
/// arrays or rows.
static bool isOfDomain(const Column &column, ObjectId domain, const Catalog &catalog) {
  constexpr int deepest = 100;
  ObjectId id = column.type_id;
  bool is_array = column.type.array_dimensions > 0;
  for (int depth = 0; depth < deepest && !is_array && id != domain; ++depth) {
    const Type *type = catalog.type(id);
    if (!type || type->kind != TypeKind::domain)
      return false;
    is_array = type->base.array_dimensions > 0;
    id = type->base_id;
  }
  return !is_array && id == domain;
}

/// Values within arrays and rows are not looked for: a table that has such a column keeps the
/// domain from being changed (get_rels_with_domain and find_composite_type_dependencies,
/// typecmds.c and tablecmds.c).
static bool refuseWithinOthers(Change &change, const AlterDomain &op, const Type &domain) {
  const Catalog &catalog = change.catalog();
  for (const Catalog::TypeUse &use : catalog.usesOf(domain))
    if (use.relation->holdsRows() && use.relation->kind != RelationKind::foreign_table &&
        catalog.isCertain(*use.relation) && !isOfDomain(*use.column, domain.id, catalog))
      return change.refuse("0A000",
                           format("cannot alter type \"{}\" because column \"{}.{}\" uses it",
                                  domain.name, use.relation->name, use.column->name),
                           op.where, domain.qualifiedName());
  return true;
}

bool applyOp(Change &change, const AlterDomain &op) {
  const ObjectId id = findTypeTarget(change, op.domain, TypeKind::domain, op.where);
  if (id == ObjectId::none)
    return false;
  const Type &type = *change.catalog().type(id);
  const bool sure = isSure(change, type);
  if (sure && type.kind != TypeKind::domain)
    return change.refuse("42809", format("{} is not a domain", sqlName(op.domain)), op.where,
                         type.qualifiedName());
  const auto named = [&](const Constraint &constraint) {
    return constraint.name == op.constraint_name;
  };
  const bool has = std::any_of(type.constraints.begin(), type.constraints.end(), named);
  const bool by_name =
      op.action == DomainAction::drop_constraint || op.action == DomainAction::validate_constraint;
  if (sure && by_name && !has && !op.if_exists)
    return change.refuse(
        "42704",
        format("constraint \"{}\" of domain \"{}\" does not exist", op.constraint_name, type.name),
        op.where, type.qualifiedName());
  if (sure && checksValues(op, type) && !refuseWithinOthers(change, op, type))
    return false;
  ObjectEdit<Type> edited = change.editType(id);
  switch (op.action) {
  case DomainAction::set_default:
    edited->default_value = op.default_value;
    break;
  case DomainAction::drop_default:
    edited->default_value.reset();
    break;
  case DomainAction::set_not_null:
    edited->not_null = true;
    break;
  case DomainAction::drop_not_null:
    edited->not_null = false;
    break;
  case DomainAction::add_constraint:
    if (!op.constraint)
      break;
    if (op.constraint->kind == ConstraintKind::not_null)
      edited->not_null = true;
    else
      edited->constraints.push_back(domainConstraint(change, *edited, *op.constraint));
    break;
  case DomainAction::drop_constraint:
    edited->constraints.eraseIf(named);
    break;
  case DomainAction::validate_constraint:
    edited->constraints.editIf(named, [&](Constraint &constraint) {
      constraint.valid = true;
      constraint.validated = change.origin();
    });
    break;
  }
  return true;
}

// --- Composite and base types --------------------------------------------------------------------

static bool buildAttribute(Change &change, const Relation &relation, const ColumnDef &definition,
                           Column &attribute) {
  BuiltColumn built;
  if (!buildColumn(change, {relation.schema, relation.name, Persistence::permanent}, definition,
                   built))
    return false;
  attribute = std::move(built.column);
  return true;
}

bool applyOp(Change &change, const CreateCompositeType &op) {
  const QualifiedName name = creationName(change, op.type);
  const NameEntry *entry = change.state().relation_names.find(NameView{name.schema, name.name});
  if (entry && entry->id != ObjectId::none &&
      change.catalog().isCertain(*change.catalog().relation(entry->id)))
    return change.refuse("42P07", format("relation \"{}\" already exists", name.name),
                         op.type.where, sqlName(name));
  if (!requireFreeTypeName(change, name))
    return false;
  Relation relation;
  relation.kind = RelationKind::composite_type;
  relation.schema = name.schema;
  relation.name = name.name;
  relation.origin = change.origin();
  for (const ColumnDef &definition : op.attributes) {
    Column attribute;
    if (!buildAttribute(change, relation, definition, attribute))
      return false;
    if (relation.findColumn(attribute.name))
      return change.refuse("42701",
                           format("column \"{}\" specified more than once", attribute.name),
                           definition.where, relation.qualifiedName());
    relation.columns.push_back(std::move(attribute));
  }
  Type type = makeType(change, name, TypeKind::composite);
  type.relation = change.create(std::move(relation));
  change.result().created.pop_back(); // The type alone is what was made.
  change.create(std::move(type));
  return true;
}

bool applyOp(Change &change, const AlterCompositeType &op) {
  const ObjectId id = findTypeTarget(change, op.type, TypeKind::composite, op.where);
  if (id == ObjectId::none)
    return false;
  const Type &type = *change.catalog().type(id);
  const Relation *attributes = change.catalog().relation(type.relation);
  if (!attributes)
    return true;
  const std::string &name = op.attribute.name;
  const bool sure = change.catalog().isCertain(*attributes);
  const bool has = attributes->findColumn(name);
  if (sure && op.action == AttributeAction::add && has)
    return change.refuse(
        "42701", format("column \"{}\" of relation \"{}\" already exists", name, attributes->name),
        op.where, type.qualifiedName());
  if (sure && op.action != AttributeAction::add && !has && !op.if_exists)
    return change.refuse(
        "42703", format("column \"{}\" of relation \"{}\" does not exist", name, attributes->name),
        op.where, type.qualifiedName());
  if (op.action == AttributeAction::alter_type && !op.cascade && sure)
    for (const Dependent &dependent : change.catalog().dependentsOf(id))
      if (const Relation *user = change.catalog().relation(dependent.dependent);
          user && user->holdsRows() && change.catalog().isCertain(*user))
        return change.refuse("0A000",
                             format("cannot alter type \"{}\" because column \"{}.{}\" uses it",
                                    type.name, user->name, dependent.part),
                             op.where, type.qualifiedName());
  Column attribute;
  if (op.action != AttributeAction::drop &&
      !buildAttribute(change, *attributes, op.attribute, attribute))
    return false;
  ObjectEdit<Relation> edited = change.edit(attributes->id);
  const auto same = [&](const Column &column) { return column.name == name; };
  if (op.action == AttributeAction::drop)
    edited->columns.eraseIf(same);
  else if (Column *column = findColumn(*edited, name))
    *column = std::move(attribute);
  else
    edited->columns.push_back(std::move(attribute));
  return true;
}

bool applyOp(Change &change, const CreateBaseType &op) {
  const QualifiedName name = creationName(change, op.type);
  if (!requireFreeTypeName(change, name))
    return false;
  Type type = makeType(change, name,
                       op.is_range   ? TypeKind::range
                       : op.is_shell ? TypeKind::shell
                                     : TypeKind::base);
  type.options = op.options;
  change.create(std::move(type));
  return true;
}

} // namespace lockstep::catalog
