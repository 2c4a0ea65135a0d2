#include "base/text.hpp"
#include "catalog/model/function_match.hpp"
#include "effects/describe/describe.hpp"
#include "effects/steps/dropped.hpp"
#include "effects/steps/foreign_key.hpp"

#include <algorithm>

namespace lockstep::effects {

/// DROP INDEX: its table is locked first. CONCURRENTLY waits for those who use the index instead,
/// and takes the index alone in ACCESS EXCLUSIVE, at the end (index_drop, index.c).
static void dropIndex(const DropObject &op, Collector &out) {
  if (op.concurrently)
    out.refuseTransaction();
  const std::optional<Place> index = out.find(op.name, op.if_exists);
  // The server refuses to drop several indexes, or with CASCADE, concurrently.
  if (!index || (op.concurrently && (op.several || op.cascade)))
    return;
  if (!index->relation || !index->relation->isIndex()) {
    out.lock(*index, LockMode::access_exclusive);
    return;
  }
  if (!op.concurrently)
    return lockDropped(*index->relation, out);
  out.lock(*index, LockMode::access_exclusive);
  if (index->relation->index)
    out.lock(index->relation->index->table, LockMode::share_update_exclusive, LockReason::target);
}

/// DROP TRIGGER, POLICY and RULE: where the table has none of that name the lock is let go again.
static void dropPart(const DropObject &op, Collector &out) {
  const std::optional<Place> table = out.find(op.on_table, op.if_exists);
  if (!table)
    return;
  const Relation *relation = table->relation;
  const Trigger *trigger =
      relation && op.kind == ObjectKind::trigger ? relation->findTrigger(op.name.name) : nullptr;
  if (relation && !relation->partial && op.if_exists) {
    const auto named = [&](const auto &part) { return part.name == op.name.name; };
    const auto has = [&](const auto &parts) {
      return std::any_of(parts.begin(), parts.end(), named);
    };
    const bool exists = op.kind == ObjectKind::trigger  ? has(relation->triggers)
                        : op.kind == ObjectKind::policy ? has(relation->policies)
                                                        : has(relation->rules);
    if (!exists)
      return;
  }
  // A row trigger of a partitioned table stands on its partitions, too.
  const bool has_clones = trigger && trigger->definition.for_each_row;
  out.lockTree(has_clones ? withPartitions(*table, out) : std::vector<Place>{*table},
               LockMode::access_exclusive);
}

/// DROP COLLATION takes the columns of that collation and the indexes on them.
static void dropCollation(const DropObject &op, Collector &out) {
  if (!op.cascade)
    return;
  std::vector<Address> columns;
  for (const Relation *relation : out.catalog().relations())
    for (const Column &column : relation->columns)
      if (column.collation->name == op.name.name)
        columns.push_back({relation->id, PartKind::column, column.name});
  lockDropped(std::move(columns), out);
}

static void dropStatistics(const DropObject &op, Collector &out) {
  if (const NamedObject *statistics = out.catalog().findObject(op.kind, op.name))
    if (const std::optional<Place> table = out.find(statistics->table))
      out.lock(*table, LockMode::share_update_exclusive);
}

static void dropFunction(const DropObject &op, Collector &out) {
  if (const Function *function =
          findFunction(out.catalog(), op.name, op.arguments, op.has_arguments, out.postgres()))
    lockDropped({Address{function->id, PartKind::whole, {}}}, out);
}

/// DROP SCHEMA … CASCADE takes all that is in it.
static void dropSchema(const DropObject &op, Collector &out) {
  if (!op.cascade)
    return;
  std::vector<Address> members;
  const auto add = [&](const auto &objects) {
    for (const auto *object : objects)
      members.push_back({object->id, PartKind::whole, {}});
  };
  add(out.catalog().relationsIn(op.name.name));
  add(out.catalog().typesIn(op.name.name));
  add(out.catalog().functionsIn(op.name.name));
  lockDropped(std::move(members), out);
}

void describe(const DropObject &op, Collector &out) {
  switch (op.kind) {
  case ObjectKind::table:
  case ObjectKind::foreign_table:
  case ObjectKind::view:
  case ObjectKind::materialized_view:
  case ObjectKind::sequence: {
    const std::optional<Place> place = out.find(op.name, op.if_exists);
    if (!place)
      return;
    if (place->relation)
      return lockDropped(*place->relation, out);
    return out.lock(*place, LockMode::access_exclusive);
  }
  case ObjectKind::index:
    return dropIndex(op, out);
  case ObjectKind::trigger:
  case ObjectKind::policy:
  case ObjectKind::rule:
    return dropPart(op, out);
  case ObjectKind::type:
  case ObjectKind::domain:
    if (const Type *type = out.catalog().findType(op.name))
      lockDropped({Address{type->id, PartKind::whole, {}}}, out);
    return;
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine:
  case ObjectKind::aggregate:
    return dropFunction(op, out);
  case ObjectKind::schema:
    return dropSchema(op, out);
  case ObjectKind::collation:
    return dropCollation(op, out);
  case ObjectKind::statistics:
    return dropStatistics(op, out);
  case ObjectKind::database:
  case ObjectKind::tablespace:
    return out.refuseTransaction();
  case ObjectKind::access_method:
  case ObjectKind::cast:
  case ObjectKind::column:
  case ObjectKind::constraint:
  case ObjectKind::conversion:
  case ObjectKind::default_privileges:
  case ObjectKind::domain_constraint:
  case ObjectKind::event_trigger:
  case ObjectKind::extension:
  case ObjectKind::foreign_data_wrapper:
  case ObjectKind::foreign_server:
  case ObjectKind::language:
  case ObjectKind::large_object:
  case ObjectKind::operator_:
  case ObjectKind::operator_class:
  case ObjectKind::operator_family:
  case ObjectKind::owned:
  case ObjectKind::parameter:
  case ObjectKind::publication:
  case ObjectKind::role:
  case ObjectKind::subscription:
  case ObjectKind::text_search_configuration:
  case ObjectKind::text_search_dictionary:
  case ObjectKind::text_search_parser:
  case ObjectKind::text_search_template:
  case ObjectKind::transform:
  case ObjectKind::type_attribute:
  case ObjectKind::user_mapping:
    return;
  }
}

void describe(const DropConstraint &op, const Alteration &, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  const Constraint *constraint =
      table->relation ? table->relation->findConstraint(op.constraint) : nullptr;
  if (!constraint) {
    out.lock(*table, LockMode::access_exclusive);
    if (table->isUncertain())
      out.assume(format("constraint {} is not in this history; if it is a foreign key, the table "
                        "that it references is locked as well",
                        op.constraint));
    return;
  }
  // Descendants inherit CHECK and NOT NULL, partitions every constraint. ONLY still locks them:
  // they keep it as their own (ATExecDropConstraint, tablecmds.c).
  const bool is_partitioned = table->relation->kind == RelationKind::partitioned_table;
  const bool is_inherited =
      constraint->kind == ConstraintKind::check || constraint->kind == ConstraintKind::not_null;
  const std::vector<Place> places =
      out.withDescendants(*table, is_partitioned || (is_inherited && !constraint->no_inherit));
  out.lockTree(places, LockMode::access_exclusive);
  lockDropped({Address{table->relation->id, PartKind::constraint, op.constraint}}, out);
}

} // namespace lockstep::effects
