#include "catalog/change/not_null.hpp"

#include "base/pg/feature.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/generated_names.hpp"
#include "catalog/model/resolve_type.hpp"

#include <algorithm>

namespace lockstep::catalog {

const Constraint *findNotNull(const Relation &relation, std::string_view column) {
  for (const Constraint &constraint : relation.constraints)
    if (constraint.kind == ConstraintKind::not_null && constraint.columns.front() == column)
      return &constraint;
  return nullptr;
}

bool hasInheritableNotNull(const Relation &relation, const Column &column) {
  if (!column.not_null)
    return false;
  const Constraint *constraint = findNotNull(relation, column.name);
  return !constraint || !constraint->no_inherit;
}

static Constraint makeNotNull(const Change &change, const Relation &relation,
                              const std::string &column, const NotNullMode &mode) {
  Constraint constraint;
  constraint.kind = ConstraintKind::not_null;
  constraint.columns.assign(1, column);
  constraint.name_generated = mode.name.empty();
  constraint.name = mode.name.empty()
                        ? chooseConstraintName(change.state(), relation.name, column, "not_null",
                                               relation.schema, relation.constraints)
                        : mode.name;
  constraint.valid = mode.valid;
  constraint.no_inherit = mode.no_inherit;
  constraint.origin = change.origin();
  return constraint;
}

/// Sets NOT NULL on a column that has such a constraint.
static bool merge(Change &change, ObjectId table, const std::string &column,
                  const NotNullMode &mode, bool recursing, Range where) {
  const Relation &relation = *change.catalog().relation(table);
  const Constraint &existing = *findNotNull(relation, column);
  const bool certain = change.catalog().isCertain(relation);
  if (certain && existing.no_inherit && !mode.no_inherit && !relation.children.empty())
    return change.refuse("55000",
                         format("cannot change NO INHERIT status of NOT NULL constraint \"{}\" on "
                                "relation \"{}\"",
                                existing.name, relation.name),
                         where, relation.qualifiedName());
  if (certain && !recursing && !mode.name.empty() && mode.name != existing.name)
    return change.refuse("55000",
                         format("cannot create not-null constraint \"{}\" on column \"{}\" of "
                                "table \"{}\"",
                                mode.name, column, relation.name),
                         where, relation.qualifiedName());
  const std::string name = existing.name;
  const bool validates = mode.valid && !existing.valid;
  {
    ObjectEdit<Relation> edited = change.edit(table);
    Constraint &constraint = *findConstraint(*edited, name);
    if (recursing)
      ++constraint.inherited;
    else
      constraint.is_local = true;
  }
  return !validates ||
         validateConstraint(
             change, ValidateConstraint{{{relation.schema, relation.name, {}}}, name, where});
}

static void markNotNull(Relation &relation, const std::string &column, const NotNullMode &mode) {
  Column &own = ensureColumn(relation, column);
  own.not_null_valid = own.not_null ? own.not_null_valid && mode.valid : mode.valid;
  own.not_null = true;
}

/// Up to 17, where no constraint is handed down, each table is taken once, on however many ways it
/// is inherited (ATSimpleRecursion, tablecmds.c).
static void markTree(Change &change, const Relation &root, const std::string &column,
                     const NotNullMode &mode) {
  std::vector<ObjectId> ids{root.id};
  if (!mode.no_inherit && !mode.only)
    for (const Relation *each : change.catalog().withDescendants(root))
      if (each != &root)
        ids.push_back(each->id);
  for (ObjectId id : ids)
    markNotNull(*change.edit(id), column, mode);
}

static bool setBelow(Change &change, ObjectId table, const std::string &column, NotNullMode mode,
                     bool recursing, Range where) {
  const SharedVector<ObjectId> children = change.catalog().relation(table)->children;
  const Relation &relation = *change.catalog().relation(table);
  if (mode.only && !mode.for_key && !children.empty() && change.catalog().isCertain(relation)) {
    bool lacking = supports(change.postgres(), Feature::not_null_constraints);
    for (ObjectId child : children) {
      const Column *below = change.catalog().relation(child)->findColumn(column);
      lacking = lacking ||
                (relation.kind == RelationKind::partitioned_table && below && !below->not_null);
    }
    if (lacking)
      return change.refuse("42P16", "constraint must be added to child tables too", where,
                           relation.qualifiedName());
  }
  if (!supports(change.postgres(), Feature::not_null_constraints)) {
    markTree(change, relation, column, mode);
    return true;
  }
  if (findNotNull(relation, column))
    return merge(change, table, column, mode, recursing, where);
  {
    ObjectEdit<Relation> edited = change.edit(table);
    markNotNull(*edited, column, mode);
    Constraint constraint = makeNotNull(change, *edited, column, mode);
    if (recursing) {
      constraint.is_local = false;
      constraint.inherited = 1;
    }
    mode.name = constraint.name;
    edited->constraints.push_back(std::move(constraint));
  }
  if (mode.no_inherit || mode.only)
    return true;
  for (ObjectId child : children)
    if (!setBelow(change, child, column, mode, true, where))
      return false;
  return true;
}

bool setNotNull(Change &change, ObjectId table, const std::string &column, const NotNullMode &mode,
                Range where) {
  return setBelow(change, table, column, mode, false, where);
}

// --- CREATE TABLE --------------------------------------------------------------------------------

static void addOwn(const Change &change, Relation &table, const std::string &name,
                   const NotNullMode &mode) {
  Column *column = findColumn(table, name);
  if (!column)
    return;
  column->not_null = true;
  if (!supports(change.postgres(), Feature::not_null_constraints))
    return;
  const Constraint *existing = findNotNull(table, name);
  if (!existing) {
    table.constraints.push_back(makeNotNull(change, table, name, mode));
    return;
  }
  Constraint &constraint = *findConstraint(table, existing->name);
  const bool names_anew = !mode.name.empty() && (constraint.name_generated || !constraint.is_local);
  if (names_anew || !constraint.is_local) {
    constraint.name_generated = mode.name.empty();
    constraint.name = names_anew
                          ? mode.name
                          : chooseConstraintName(change.state(), table.name, name, "not_null",
                                                 table.schema, table.constraints);
  }
  constraint.is_local = true;
}

void addOwnNotNulls(const Change &change, Relation &table, const CreateTable &op) {
  std::vector<std::string> keys;
  const auto addConstraint = [&](const ConstraintDef &constraint) {
    if (constraint.kind == ConstraintKind::not_null)
      for (const std::string &column : constraint.columns)
        addOwn(change, table, column, {constraint.name, true, constraint.no_inherit, false});
    if (constraint.kind == ConstraintKind::primary_key)
      keys.insert(keys.end(), constraint.columns.begin(), constraint.columns.end());
  };
  for (const ColumnDef &column : op.columns) {
    for (const ConstraintDef &constraint : column.constraints)
      addConstraint(constraint);
    const bool has_own = std::any_of(
        column.constraints.begin(), column.constraints.end(),
        [](const ConstraintDef &each) { return each.kind == ConstraintKind::not_null; });
    if (!has_own && (column.identity != Identity::none || serialType(column.type)))
      addOwn(change, table, column.name, {});
  }
  for (const ConstraintDef &constraint : op.constraints)
    addConstraint(constraint);
  for (const std::string &key : keys)
    addOwn(change, table, key, {});
}

void dropNotNull(Relation &relation, Column &column) {
  column.not_null = false;
  column.not_null_valid = true;
  relation.constraints.eraseIf([&](const Constraint &constraint) {
    return constraint.kind == ConstraintKind::not_null && constraint.columns.front() == column.name;
  });
}

} // namespace lockstep::catalog
