#include "base/pg/builtin.hpp"
#include "base/text.hpp"
#include "effects/describe/describe.hpp"
#include "effects/facts/type_change.hpp"
#include "effects/facts/value_type.hpp"
#include "effects/steps/dropped.hpp"
#include "effects/steps/foreign_key.hpp"

#include <algorithm>
#include <optional>

namespace lockstep::effects {

namespace {
/// What the dependents of a column need to know about the change of its type.
struct ColumnChange {
  const AlterColumnType &op;
  bool rewrites = false; ///< The statement rewrites the table, for this column or another.
};
} // namespace

static bool isPolymorphic(std::string_view type) { return type.starts_with("any"); }

/// Collations as names; the type's own counts as "default".
static std::string collationOr(std::string_view name) {
  return std::string(name.empty() ? "default" : name);
}

static bool keepsCollation(const Column &column, const AlterColumnType &op,
                           const Catalog &catalog) {
  const Type *type = catalog.findType({op.type.schema, op.type.name, {}});
  const std::string &own = type ? type->collation.name : column.collation->name;
  const std::string &wanted = !op.collation.name.empty() ? op.collation.name
                              : type                     ? own
                                                         : op.collation.name;
  return collationOr(column.collation->name) == collationOr(wanted);
}

/// True where the operator class of an index on the column stays the same one.
static bool keepsOpclass(const Column &column, const AlterColumnType &op, const IndexElement *key,
                         std::string_view method, const Catalog &catalog, int postgres) {
  const ValueType from = valueTypeOf(column, postgres);
  const ValueType to = valueTypeOf(op.type, catalog, postgres);
  if (from.isSame(to) && !from.is_array)
    return true;
  const ValueType old_base = belowDomain(from, catalog, postgres);
  const ValueType new_base = belowDomain(to, catalog, postgres);
  if (!old_base.isBuiltin() || !new_base.isBuiltin() || from.is_array)
    return from.isSame(to) && !(from.is_array && method == "gin");
  if (key && !key->opclass->name.empty()) {
    const auto named = findOpclass(key->opclass->name, method, postgres);
    return from.isSame(to) || (named && !isPolymorphic(named->input_type));
  }
  const auto before = defaultOpclass(old_base.name, method, postgres);
  const auto after = defaultOpclass(new_base.name, method, postgres);
  return before && after && before->name == after->name &&
         before->input_type == after->input_type &&
         (from.isSame(to) || !isPolymorphic(before->input_type));
}

/// True where the index, made again after the change, can keep its file (CheckIndexCompatible,
/// indexcmds.c).
/// `keeps_default` is whether btree's default operator class stays, once one index has asked.
static bool isReusable(const Relation &index, const Column &column, const AlterColumnType &op,
                       const Catalog &catalog, int postgres, std::optional<bool> &keeps_default) {
  const IndexInfo &info = *index.index;
  // A partition's index is made again with that of the partitioned table.
  if (info.predicate || !info.valid || info.parent != ObjectId::none)
    return false;
  for (const IndexElement &element : info.elements) {
    if (element.expression)
      return false;
    if (element.column != column.name)
      continue;
    const bool is_default = element.opclass->name.empty() && info.method == "btree";
    if (is_default && !keeps_default)
      keeps_default = keepsOpclass(column, op, nullptr, "btree", catalog, postgres);
    const bool keeps = is_default
                           ? *keeps_default
                           : keepsOpclass(column, op, &element, info.method, catalog, postgres);
    if (!keeps || (element.collation->name.empty() && !keepsCollation(column, op, catalog)))
      return false;
  }
  return true;
}

static void describeIndexes(const Relation &table, const Column &column, const ColumnChange &change,
                            Collector &out) {
  std::optional<bool> keeps_default;
  for (ObjectId id : table.indexes) {
    const Relation *index = out.catalog().relation(id);
    if (!index || !usesColumn(*index->index, column.name))
      continue;
    out.lock(*index, LockMode::access_exclusive, LockReason::index);
    if (!change.rewrites && index->kind == RelationKind::index &&
        !isReusable(*index, column, change.op, out.catalog(), out.postgres(), keeps_default)) {
      out.rebuild(*index);
      out.scan(Collector::at(table), ScanReason::index_build);
    }
  }
}

static bool names(const std::vector<std::string> &columns, std::string_view column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// The foreign keys of the column, on both sides, are made again: the other table is locked, and
/// all rows are checked unless the comparison stays the same (TryReuseForeignKey, tablecmds.c).
static void describeForeignKeys(const Place &place, const Column &column,
                                const ColumnChange &change, Collector &out) {
  const Relation &table = *place.relation;
  const auto keeps = [&] {
    return !change.rewrites &&
           keepsOpclass(column, change.op, nullptr, "btree", out.catalog(), out.postgres());
  };
  for (const Constraint &constraint : table.constraints) {
    if (constraint.kind != ConstraintKind::foreign_key || !names(constraint.columns, column.name))
      continue;
    lockReferencedOf(constraint, LockMode::access_exclusive, out);
    if (!constraint.valid || !constraint.enforced || keeps())
      continue;
    if (const std::optional<Place> referenced = referencedBy(constraint, out))
      validateForeignKey(withPartitions(place, out), *referenced, false, constraint.name, out);
  }
  for (const Catalog::ForeignKey &key : out.catalog().foreignKeysTo(table)) {
    if (key.table == &table || !names(key.constraint->referenced_columns, column.name))
      continue;
    const std::vector<Place> referencing = withPartitions(Collector::at(*key.table), out);
    for (const Place &other : referencing)
      out.lock(other, LockMode::access_exclusive, LockReason::referenced);
    if (key.constraint->valid && key.constraint->enforced && !keeps())
      validateForeignKey(referencing, place, false, key.constraint->name, out);
  }
}

static void describePlace(const Place &place, const ColumnChange &change, Collector &out) {
  const Column *column = place.relation ? place.relation->findColumn(change.op.column) : nullptr;
  if (!column)
    return;
  describeIndexes(*place.relation, *column, change, out);
  if (!change.rewrites && place.hasRows())
    for (const Constraint &constraint : place.relation->constraints)
      if (constraint.kind == ConstraintKind::check && constraint.valid && constraint.enforced &&
          usesColumn(constraint, column->name))
        out.scan(place, ScanReason::check, constraint.name);
  describeForeignKeys(place, *column, change, out);
  if (column->identity != Identity::none)
    out.lock(column->sequence, LockMode::share_row_exclusive, LockReason::dependent);
}

void describe(const AlterColumnType &op, const Alteration &alter, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const std::vector<Place> places = out.withDescendants(*table, !op.target.only);
  out.lockTree(places, LockMode::access_exclusive);
  const Column *column = table->relation ? table->relation->findColumn(op.column) : nullptr;
  TypeChange change;
  if (column) {
    change = typeChange(*column, op, out.catalog(), out.options());
    if (!change.known)
      out.assume(change.reason);
  } else {
    change.rewrites = true;
    out.assume(format("the old type of {}.{} is not known", table->name(), op.column));
  }
  if (change.rewrites)
    for (const Place &place : places)
      if (place.hasRows())
        out.rewriteTable(place, RewriteReason::type_change);
  const bool rewrites = change.rewrites || alter.rewrites();
  for (const Place &place : places)
    describePlace(place, {op, rewrites}, out);
}

} // namespace lockstep::effects
