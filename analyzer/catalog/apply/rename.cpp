#include "catalog/change/rename.hpp"

#include "catalog/apply/apply_op.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/named.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/function_match.hpp"

#include <algorithm>

namespace lockstep::catalog {

// --- Parts ---------------------------------------------------------------------------------------

static bool renameColumnOp(Change &change, const RenameObject &op) {
  const AlterTarget alter{op.name, op.relation_kind, op.if_exists, op.only};
  const Target target = findTarget(change, alter);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  const std::string object = relation.qualifiedName();
  const bool certain = change.catalog().isCertain(relation);
  if (!relation.findColumn(op.part) &&
      change.catalog().knowledgeOf(relation, op.part) == Knowledge::absent)
    return change.refuse("42703", format("column \"{}\" does not exist", op.part), op.where,
                         object);
  if (certain && relation.findColumn(op.new_name))
    return change.refuse(
        "42701",
        format("column \"{}\" of relation \"{}\" already exists", op.new_name, relation.name),
        op.where, object);
  const Column *column = relation.findColumn(op.part);
  if (certain && column && column->inherited > 0)
    return change.refuse("42P16", format("cannot rename inherited column \"{}\"", op.part),
                         op.where, object);
  if (certain && op.only && !relation.children.empty())
    return change.refuse(
        "42P16", format("inherited column \"{}\" must be renamed in child tables too", op.part),
        op.where, object);
  std::vector<ObjectId> ids;
  for (const Relation *each : change.catalog().withDescendants(relation))
    ids.push_back(each->id);
  for (ObjectId id : ids) {
    {
      ObjectEdit<Relation> edited = change.edit(id);
      if (id != target.id && !edited->findColumn(op.part))
        continue;
      (void)ensureColumn(*edited, op.part);
      if (edited->partial)
        edited->dropped_columns.push_back(op.part);
      edited->dropped_columns.eraseIf([&](const std::string &each) { return each == op.new_name; });
      // On a table that is not fully known, a column of the new name gives way.
      edited->columns.eraseIf([&](const Column &each) { return each.name == op.new_name; });
    }
    renameColumn(change, id, op.part, op.new_name);
  }
  return true;
}

/// Renames a constraint on one relation, with its index.
static void renameConstraint(Change &change, ObjectId id, const std::string &from,
                             const std::string &to) {
  ObjectId index = ObjectId::none;
  {
    ObjectEdit<Relation> relation = change.edit(id);
    if (Constraint *constraint = findConstraint(*relation, from)) {
      constraint->name = to;
      constraint->name_generated = false;
      index = constraint->index;
    }
    relation->references.editIf(
        [&](const Reference &reference) {
          return reference.part_kind == PartKind::constraint && reference.part == from;
        },
        [&](Reference &reference) { reference.part = to; });
  }
  const Relation *owned = change.catalog().relation(index);
  if (!owned || !owned->index)
    return;
  if (owned->name != to)
    change.rename(index, std::string(owned->schema), to);
  IndexInfo info = *change.catalog().relation(index)->index;
  info.constraint = to;
  change.edit(index)->index = std::make_shared<const IndexInfo>(std::move(info));
}

static bool renameConstraintOp(Change &change, const RenameObject &op) {
  const AlterTarget alter{op.name, op.relation_kind, op.if_exists, op.only};
  const Target target = findTarget(change, alter);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  const bool certain = change.catalog().isCertain(relation);
  const Constraint *constraint = relation.findConstraint(op.part);
  if (!constraint && certain)
    return change.refuse(
        "42704",
        format("constraint \"{}\" for table \"{}\" does not exist", op.part, relation.name),
        op.where, relation.qualifiedName());
  if (certain && relation.findConstraint(op.new_name))
    return change.refuse(
        "42710",
        format("constraint \"{}\" for relation \"{}\" already exists", op.new_name, relation.name),
        op.where, relation.qualifiedName());
  if (!constraint)
    return true;
  if (certain && constraint->inherited > 0 && constraint->index == ObjectId::none)
    return change.refuse("42P16", format("cannot rename inherited constraint \"{}\"", op.part),
                         op.where, relation.qualifiedName());
  std::vector<ObjectId> ids;
  for (const Relation *each : change.catalog().withDescendants(relation)) {
    const Constraint *below = each->findConstraint(op.part);
    if (each->id == target.id ||
        (below && below->inherited > 0 && constraint->kind == ConstraintKind::check))
      ids.push_back(each->id);
  }
  for (ObjectId id : ids)
    renameConstraint(change, id, op.part, op.new_name);
  return true;
}

/// Puts the new name into the text of CREATE TRIGGER or RULE, where it comes before the table's.
template <class Definition>
static void renameFirst(Definition &trigger, const std::string &from, const std::string &to) {
  const std::string old_text = quoteIdentifier(from), new_text = quoteIdentifier(to);
  const size_t at = toLowerAscii(trigger.text).find(toLowerAscii(old_text));
  if (at == std::string::npos || at >= trigger.table.where.begin)
    return;
  trigger.text.replace(at, old_text.size(), new_text);
  const auto shift = static_cast<uint32_t>(new_text.size() - old_text.size());
  trigger.table.where.begin += shift; // Modulo 2^32 where the name became shorter.
  trigger.table.where.end += shift;
  trigger.where.end += shift;
}

/// Triggers, policies and rules.
static bool renamePartOp(Change &change, const RenameObject &op) {
  const Target target = findTarget(change, op.name, RelationKind::table, op.if_exists);
  if (target.id == ObjectId::none)
    return !target.refused;
  const PartKind kind = op.kind == ObjectKind::trigger  ? PartKind::trigger
                        : op.kind == ObjectKind::policy ? PartKind::policy
                                                        : PartKind::rule;
  const Relation &root = *change.catalog().relation(target.id);
  const bool found = op.kind == ObjectKind::trigger  ? root.findTrigger(op.part) != nullptr
                     : op.kind == ObjectKind::policy ? root.findPolicy(op.part) != nullptr
                                                     : true;
  if (!found && change.catalog().isCertain(root))
    return change.refuse(
        "42704",
        format("{} \"{}\" for table \"{}\" does not exist", ops::name(op.kind), op.part, root.name),
        op.where, root.qualifiedName());
  std::vector<ObjectId> ids;
  for (const Relation *each : change.catalog().withDescendants(root))
    ids.push_back(each->id);
  for (ObjectId id : ids) {
    ObjectEdit<Relation> relation = change.edit(id);
    const auto is_part = [&](PartKind wanted) {
      return [&, is_wanted = kind == wanted](const auto &part) {
        return is_wanted && part.name == op.part;
      };
    };
    relation->triggers.editIf(is_part(PartKind::trigger), [&](Trigger &trigger) {
      renameFirst(trigger.definition, op.part, op.new_name);
      trigger.name = trigger.definition.name = op.new_name;
    });
    relation->policies.editIf(is_part(PartKind::policy), [&](Policy &policy) {
      policy.name = policy.definition.name = op.new_name;
    });
    relation->rules.editIf(is_part(PartKind::rule), [&](RewriteRule &rule) {
      renameFirst(rule.definition, op.part, op.new_name);
      rule.name = rule.definition.name = op.new_name;
    });
    relation->references.editIf(
        [&](const Reference &reference) {
          return reference.part_kind == kind && reference.part == op.part;
        },
        [&](Reference &reference) { reference.part = op.new_name; });
  }
  return true;
}

// --- Whole objects -------------------------------------------------------------------------------

/// Renames or moves a relation; `kind` is what the statement calls it.
static bool moveRelationOp(Change &change, ObjectKind kind, const QualifiedName &name,
                           bool if_exists, const std::string *new_name,
                           const std::string *new_schema, Range where) {
  // ALTER INDEX … RENAME renames whatever has the name (RangeVarCallbackForAlterRelation).
  const bool any_kind =
      kind == ObjectKind::index && new_name && change.catalog().findRelation(name);
  const Target target =
      findTarget(change, AlterTarget{name, any_kind ? ObjectKind::table : kind, if_exists, false});
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  const QualifiedName to{new_schema ? *new_schema : relation.schema,
                         new_name ? *new_name : relation.name, where};
  if (!requireSchema(change, to))
    return false;
  if (to.schema == relation.schema && to.name == relation.name && new_schema)
    return true;
  if (new_schema) {
    const Relation *taken = change.catalog().findRelation(to);
    if (taken && change.catalog().isCertain(*taken))
      return change.refuse(
          "42P07", format("relation \"{}\" already exists in schema \"{}\"", to.name, to.schema),
          where, sqlName(to));
  }
  const bool keeps_name = to.schema == relation.schema && to.name == relation.name;
  if ((!keeps_name || change.catalog().isCertain(relation)) &&
      !makeRoom(change, to, where, {target.id}))
    return false;
  // The index of a constraint takes the constraint's name along.
  if (relation.index && !relation.index->constraint.empty() && new_name) {
    const std::string from = relation.index->constraint;
    const ObjectId table = relation.index->table;
    if (change.catalog().relation(table)) {
      renameConstraint(change, table, from, *new_name);
      return true;
    }
  }
  moveRelation(change, target.id, to.schema, to.name);
  return true;
}

static bool moveTypeOp(Change &change, const QualifiedName &name, const std::string *new_name,
                       const std::string *new_schema, Range where) {
  const CatalogState &state = change.state();
  const NameEntry *entry = findName(state, state.type_names, name);
  if (!entry || entry->id == ObjectId::none) {
    if (knowledgeOf(state, entry) == Knowledge::absent)
      return change.refuse("42704", format("type \"{}\" does not exist", messageName(name)), where,
                           messageName(name));
    change.dropTypeName(creationName(change, name));
    return true;
  }
  const Type &type = *change.catalog().type(entry->id);
  const QualifiedName to{new_schema ? *new_schema : type.schema, new_name ? *new_name : type.name,
                         where};
  const NameEntry *taken = state.type_names.find(NameView{to.schema, to.name});
  if (taken && taken->id != ObjectId::none && taken->epoch == state.change_epoch &&
      !change.catalog().type(taken->id)->partial)
    return change.refuse("42710", format("type \"{}\" already exists", to.name), where,
                         sqlName(to));
  moveType(change, entry->id, to.schema, to.name);
  return true;
}

static bool renameSchema(Change &change, const RenameObject &op) {
  CatalogState &state = change.mutableState();
  SchemaEntry entry;
  if (const SchemaEntry *existing = state.schemas.find(op.name.name))
    entry = *existing;
  const SchemaEntry *taken = state.schemas.find(op.new_name);
  if (taken && taken->exists && taken->epoch == state.change_epoch && op.new_name != "public")
    return change.refuse("42P06", format("schema \"{}\" already exists", op.new_name), op.where,
                         op.new_name);
  std::vector<ObjectId> members;
  if (const ObjectSet *set = state.members.find(op.name.name))
    set->forEach([&](ObjectId id, bool) { members.push_back(id); });
  std::sort(members.begin(), members.end());
  entry.exists = true;
  state.schemas.set(op.new_name, entry);
  SchemaEntry gone;
  gone.exists = false;
  gone.epoch = state.epoch;
  state.schemas.set(op.name.name, gone);
  for (ObjectId id : members) {
    if (const Relation *relation = change.catalog().relation(id)) {
      if (relation->schema == op.name.name && relation->kind != RelationKind::composite_type)
        moveRelation(change, id, op.new_name, std::string(relation->name));
    } else if (const Type *type = change.catalog().type(id)) {
      moveType(change, id, op.new_name, std::string(type->name));
    } else if (const Function *function = change.catalog().function(id)) {
      change.renameFunction(id, op.new_name, std::string(function->name));
    }
  }
  return true;
}

static bool isRelationKind(ObjectKind kind) {
  return kind == ObjectKind::table || kind == ObjectKind::foreign_table ||
         kind == ObjectKind::view || kind == ObjectKind::materialized_view ||
         kind == ObjectKind::index || kind == ObjectKind::sequence;
}

static bool isFunctionKind(ObjectKind kind) {
  return kind == ObjectKind::function || kind == ObjectKind::procedure ||
         kind == ObjectKind::routine || kind == ObjectKind::aggregate;
}

static bool renameDomainConstraint(Change &change, const RenameObject &op) {
  const Type *type = change.catalog().findType(op.name);
  if (!type)
    return true;
  ObjectEdit<Type> domain = change.editType(type->id);
  domain->constraints.editIf([&](const Constraint &each) { return each.name == op.part; },
                             [&](Constraint &constraint) { constraint.name = op.new_name; });
  return true;
}

bool applyOp(Change &change, const RenameObject &op) {
  if (op.kind == ObjectKind::column || op.kind == ObjectKind::type_attribute)
    return renameColumnOp(change, op);
  if (op.kind == ObjectKind::constraint)
    return renameConstraintOp(change, op);
  if (op.kind == ObjectKind::domain_constraint)
    return renameDomainConstraint(change, op);
  if (op.kind == ObjectKind::trigger || op.kind == ObjectKind::policy ||
      op.kind == ObjectKind::rule)
    return renamePartOp(change, op);
  if (isRelationKind(op.kind))
    return moveRelationOp(change, op.kind, op.name, op.if_exists, &op.new_name, nullptr, op.where);
  if (op.kind == ObjectKind::type || op.kind == ObjectKind::domain)
    return moveTypeOp(change, op.name, &op.new_name, nullptr, op.where);
  if (op.kind == ObjectKind::schema)
    return renameSchema(change, op);
  if (isFunctionKind(op.kind)) {
    if (const Function *function = findFunction(change.catalog(), op.name, op.arguments,
                                                !op.arguments.empty(), change.postgres()))
      change.renameFunction(function->id, std::string(function->schema), op.new_name);
    return true;
  }
  moveNamed(change, op.kind, op.name, op.arguments, {{}, op.new_name, {}});
  return true;
}

bool applyOp(Change &change, const SetSchema &op) {
  if (isRelationKind(op.kind))
    return moveRelationOp(change, op.kind, op.name, op.if_exists, nullptr, &op.new_schema,
                          op.where);
  if (op.kind == ObjectKind::type || op.kind == ObjectKind::domain)
    return moveTypeOp(change, op.name, nullptr, &op.new_schema, op.where);
  if (isFunctionKind(op.kind)) {
    if (const Function *function = findFunction(change.catalog(), op.name, op.arguments,
                                                !op.arguments.empty(), change.postgres()))
      change.renameFunction(function->id, op.new_schema, std::string(function->name));
    return true;
  }
  moveNamed(change, op.kind, op.name, op.arguments, {op.new_schema, {}, {}});
  return true;
}

bool applyOp(Change &change, const ChangeOwner &op) {
  if (isRelationKind(op.kind)) {
    if (const Relation *relation = change.catalog().findRelation(op.name)) {
      ObjectEdit<Relation> edited = change.edit(relation->id);
      edited->owner = op.owner;
      edited->privileges = ownedBy(edited->privileges, op.owner);
    }
  } else if (op.kind == ObjectKind::type || op.kind == ObjectKind::domain) {
    if (const Type *type = change.catalog().findType(op.name)) {
      ObjectEdit<Type> edited = change.editType(type->id);
      edited->owner = op.owner;
      edited->privileges = ownedBy(edited->privileges, op.owner);
    }
  } else if (isFunctionKind(op.kind)) {
    if (const Function *function = findFunction(change.catalog(), op.name, op.arguments,
                                                !op.arguments.empty(), change.postgres())) {
      ObjectEdit<Function> edited = change.editFunction(function->id);
      edited->owner = op.owner;
      edited->privileges = ownedBy(edited->privileges, op.owner);
    }
  } else if (op.kind == ObjectKind::schema) {
    if (SchemaEntry *entry = change.mutableState().schemas.edit(op.name.name)) {
      entry->owner = op.owner;
      entry->privileges = ownedBy(entry->privileges, op.owner);
    }
  } else {
    changeNamedOwner(change, op);
  }
  return true;
}

} // namespace lockstep::catalog
