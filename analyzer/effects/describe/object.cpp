#include "base/pg/feature.hpp"
#include "effects/describe/describe.hpp"
#include "effects/describe/query_use.hpp"
#include "effects/describe/statement.hpp"
#include "effects/steps/foreign_key.hpp"
#include "effects/steps/owned.hpp"

#include <algorithm>

namespace lockstep::effects {

void describe(const CreateView &op, Collector &out) {
  const Relation *existing = op.or_replace ? out.catalog().findRelation(op.view) : nullptr;
  if (existing)
    out.lock(*existing, LockMode::access_exclusive, LockReason::target);
  else if (op.or_replace && out.catalog().incompleteSince())
    out.assume("a view of that name may exist; it would be locked in ACCESS EXCLUSIVE mode");
  bindQuery(op.query, out);
}

static void lockOwner(const QualifiedName &table, Collector &out) {
  if (table.empty())
    return;
  if (const std::optional<Place> place = out.find(table))
    out.lock(*place, LockMode::access_share, LockReason::dependent);
}

void describe(const CreateSequence &op, Collector &out) {
  if (op.if_not_exists && out.catalog().findRelation(op.sequence))
    return;
  lockOwner(op.owned_by_table, out);
}

void describe(const AlterSequence &op, Collector &out) {
  if (const std::optional<Place> sequence = out.find(op.sequence, op.if_exists))
    out.lock(*sequence, LockMode::share_row_exclusive);
  lockOwner(op.owned_by_table, out);
}

/// Tables with rows whose columns have exactly this domain or one over it. Partitioned parents and
/// views are let go again (get_rels_with_domain, typecmds.c).
static std::vector<Place> tablesOfDomain(const Type &domain, const Catalog &catalog) {
  std::vector<Place> places;
  for (const Catalog::TypeUse &use : catalog.usesOf(domain)) {
    const Place place = Collector::at(*use.relation);
    const bool is_known = std::any_of(places.begin(), places.end(), [&](const Place &known) {
      return known.relation == place.relation;
    });
    if (place.hasRows() && !is_known)
      places.push_back(place);
  }
  return places;
}

void describe(const AlterDomain &op, Collector &out) {
  const Type *domain = out.catalog().findType(op.domain);
  if (!domain)
    return;
  ScanReason reason = ScanReason::domain;
  switch (op.action) {
  case DomainAction::set_default:
  case DomainAction::drop_default:
  case DomainAction::drop_not_null:
  case DomainAction::drop_constraint:
    return;
  case DomainAction::add_constraint:
    if (op.constraint && (op.constraint->not_valid || !op.constraint->enforced))
      return;
    break;
  case DomainAction::set_not_null:
    if (domain->not_null)
      return;
    reason = ScanReason::not_null;
    break;
  case DomainAction::validate_constraint:
    break;
  }
  for (const Place &place : tablesOfDomain(*domain, out.catalog())) {
    out.lock(place, LockMode::share, LockReason::dependent);
    out.scan(place, reason, op.constraint_name);
  }
}

/// What changes a typed table like its type.
static Op changeOfTable(const AlterCompositeType &op, const Relation &table) {
  AlterTarget target;
  target.relation = {table.schema, table.name, {}};
  switch (op.action) {
  case AttributeAction::add:
    return AddColumn{target, op.attribute, false, op.where};
  case AttributeAction::drop:
    return DropColumn{target, op.attribute.name, true, true, op.where};
  case AttributeAction::alter_type:
    break;
  }
  AlterColumnType change;
  change.target = std::move(target);
  change.column = op.attribute.name;
  change.type = op.attribute.type;
  change.collation = op.attribute.collation;
  return change;
}

/// Tables made of the type change along, like ALTER TABLE does it
/// (ATTypedTableRecursion, tablecmds.c).
static void changeTypedTables(const AlterCompositeType &op, const Type &type, Collector &out) {
  for (const Relation *table : typedTables(type, out.catalog())) {
    out.lock(*table, LockMode::access_exclusive, LockReason::dependent);
    Statement change;
    change.kind = "AlterTableStmt";
    change.ops.push_back(changeOfTable(op, *table));
    out.add(describeStatement(change, out.catalog(), out.options(), &out.calls()).total());
  }
}

void describe(const AlterCompositeType &op, Collector &out) {
  const Type *type = out.catalog().findType(op.type);
  if (!type)
    return;
  out.lock(type->relation, LockMode::access_exclusive, LockReason::target);
  if (op.cascade)
    changeTypedTables(op, *type, out);
}

void describe(const CreateTrigger &op, Collector &out) {
  const std::optional<Place> table = out.find(op.table);
  if (!table)
    return;
  const LockMode mode = LockMode::share_row_exclusive;
  // Partitions get a copy of a row trigger.
  for (const Place &place :
       op.for_each_row ? withPartitions(*table, out) : std::vector<Place>{*table})
    out.lock(place, mode,
             place.target == table->target ? LockReason::target : LockReason::partition);
  if (!op.referenced.empty())
    if (const std::optional<Place> referenced = out.find(op.referenced))
      out.lock(*referenced, LockMode::access_share, LockReason::referenced);
}

static void bindExpression(const SqlExpressionPointer &expression, Collector &out) {
  if (!expression)
    return;
  forEachNode(expression->root, [&](const Expression &node) {
    if (node.query)
      bindQuery(*node.query, out);
  });
}

void describe(const CreatePolicy &op, Collector &out) {
  if (const std::optional<Place> table = out.find(op.table))
    out.lock(*table, LockMode::access_exclusive);
  bindExpression(op.using_expression, out);
  bindExpression(op.check_expression, out);
}

void describe(const AlterPolicy &op, Collector &out) {
  if (const std::optional<Place> table = out.find(op.table))
    out.lock(*table, LockMode::access_exclusive);
  bindExpression(op.using_expression, out);
  bindExpression(op.check_expression, out);
}

void describe(const CreateRule &op, Collector &out) {
  if (const std::optional<Place> table = out.find(op.table))
    out.lock(*table, LockMode::access_exclusive);
  bindQuery(op.query, out);
}

void describe(const CreateStatistics &op, Collector &out) {
  if (const std::optional<Place> table = out.find(op.table))
    out.lock(*table, LockMode::share_update_exclusive);
}

/// The object is locked like one that changes; a part of a table only keeps its table from going
/// (get_object_address, objectaddress.c).
void describe(const Comment &op, Collector &out) {
  const bool is_relation = op.kind == ObjectKind::table || op.kind == ObjectKind::foreign_table ||
                           op.kind == ObjectKind::view ||
                           op.kind == ObjectKind::materialized_view ||
                           op.kind == ObjectKind::sequence || op.kind == ObjectKind::index ||
                           op.kind == ObjectKind::column;
  const bool is_part = op.kind == ObjectKind::constraint || op.kind == ObjectKind::trigger ||
                       op.kind == ObjectKind::policy || op.kind == ObjectKind::rule;
  if (!is_relation && !is_part)
    return;
  if (const std::optional<Place> place = out.find(op.name))
    out.lock(*place, is_relation ? LockMode::share_update_exclusive : LockMode::access_share);
}

/// From 18 on GRANT and REVOKE keep what they name from being dropped meanwhile
/// (objectNamesToOids, aclchk.c).
void describe(const Grant &op, Collector &out) {
  if (!supports(out.postgres(), Feature::grant_locks_objects) || op.all_in_schema ||
      (op.kind != ObjectKind::table && op.kind != ObjectKind::sequence))
    return;
  for (const QualifiedName &name : op.names)
    if (const std::optional<Place> place = out.find(name))
      out.lock(*place, LockMode::access_share);
}

void describe(const Publication &op, Collector &out) {
  const auto add = [&](const QualifiedName &name, bool only) {
    const std::optional<Place> table = out.find(name);
    if (!table)
      return;
    // Inheritance children come along, partitions do not (OpenTableList, publicationcmds.c).
    const bool is_partitioned =
        table->relation && table->relation->kind == RelationKind::partitioned_table;
    for (const Place &place : out.withDescendants(*table, !is_partitioned && !only))
      out.lock(place, LockMode::share_update_exclusive,
               place.target == table->target ? LockReason::target : LockReason::partition);
  };
  for (size_t i = 0; i < op.tables.size(); ++i)
    add(op.tables[i], op.only[i]);
  // SET looks at the tables that it takes out, too (AlterPublicationTables, publicationcmds.c).
  if (op.action != DdlAction::alter || op.change != 's')
    return;
  if (const NamedObject *publication =
          out.catalog().findObject(ObjectKind::publication, {{}, op.publication, {}}))
    for (const QualifiedName &table : publication->tables)
      add(table, true);
}

} // namespace lockstep::effects
