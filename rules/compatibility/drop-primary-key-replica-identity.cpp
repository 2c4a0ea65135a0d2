#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

/// The publication that holds the table, as far as the history made it; null if there is none.
static const NamedObject *publicationOf(const Relation &table, const Catalog &catalog) {
  for (const NamedObject *object : catalog.objects()) {
    if (object->kind != ObjectKind::publication)
      continue;
    for (const QualifiedName &published : object->tables)
      if (published.schema == table.schema && published.name == table.name)
        return object;
    for (const Option &option : object->options)
      if (option.name == "all_tables" || (option.name == "schema" && option.value == table.schema))
        return object;
  }
  return nullptr;
}

/// True where subscribers can tell the table's rows apart.
static bool hasIdentity(const Relation &table, const Catalog &catalog) {
  if (table.replica_identity == 'f')
    return true;
  if (table.replica_identity == 'd')
    return table.primaryKey() != nullptr;
  if (table.replica_identity == 'n')
    return false;
  for (const Relation *index : catalog.indexesOf(table))
    if (index->index->replica_identity)
      return true;
  return false;
}

static void reportTable(const QualifiedName &name, std::string_view what, Range where,
                        const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(name);
  const Relation *after = relationAfter(step, name);
  if (!table || !after || !hasIdentity(*table, step.before()) ||
      hasIdentity(*after, catalogAfter(step)))
    return;
  const NamedObject *publication = publicationOf(*after, catalogAfter(step));
  if (!publication)
    return;
  report
      .add(where,
           "{} leaves '{}' without a replica identity: publication '{}' makes each UPDATE and "
           "DELETE of it fail (SQLSTATE 55000)",
           what, shown(name), publication->name.name)
      .object(fullName(step, name))
      .label(publication->origin, format("'{}' was created here", publication->name.name))
      .help(
          "first build a unique index on NOT NULL columns CONCURRENTLY and ALTER TABLE {} REPLICA "
          "IDENTITY USING INDEX",
          shown(name));
}

static void checkConstraint(const DropConstraint &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Constraint *constraint = table ? table->findConstraint(op.constraint) : nullptr;
  if (constraint && constraint->kind == ConstraintKind::primary_key)
    reportTable(op.target.relation, "dropping the primary key", op.where, step, report);
}

static void checkColumn(const DropColumn &op, const Step &step, Report &report) {
  reportTable(op.target.relation, format("dropping '{}'", op.column), op.where, step, report);
}

static void checkIndex(const DropObject &op, const Step &step, Report &report) {
  const Relation *index =
      op.kind == ObjectKind::index ? step.before().findRelation(op.name) : nullptr;
  const Relation *table = index && index->index && index->index->replica_identity
                              ? step.before().relation(index->index->table)
                              : nullptr;
  if (table)
    reportTable({table->schema, table->name, {}}, format("dropping index '{}'", index->name),
                op.where, step, report);
}

static void checkSetting(const AlterTableSetting &op, const Step &step, Report &report) {
  if (op.setting == TableSetting::replica_identity)
    reportTable(op.target.relation, "this", op.where, step, report);
}

static constexpr std::string_view supersedes[] = {"drop-constraint"};

extern constexpr Rule drop_primary_key_replica_identity{
    .id = "drop-primary-key-replica-identity",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .supersedes = supersedes,
    .checks = {on<&checkConstraint>, on<&checkColumn>, on<&checkIndex>, on<&checkSetting>},
};

} // namespace lockstep::rules
