#include "base/pg/builtin.hpp"
#include "catalog/apply_op.hpp"
#include "catalog/generated_names.hpp"
#include "catalog/target.hpp"

namespace lockstep {

static void createNamed(Change &change, ObjectKind kind, const QualifiedName &name,
                        std::vector<Option> options = {}, QualifiedName table = {}) {
  auto object = std::make_shared<NamedObject>();
  object->kind = kind;
  object->name = {name.schema, name.name, {}};
  object->table = std::move(table);
  object->options = std::move(options);
  object->origin = change.origin();
  change.mutableState().objects.set(objectKey(kind, object->name), object);
}

bool applyOp(Change &change, const CreateSchema &op) {
  const std::string &name = op.schema.empty() ? op.owner : op.schema;
  CatalogState &state = change.mutableState();
  const SchemaEntry *existing = state.schemas.find(name);
  const bool exists = existing && existing->exists;
  if (exists && op.if_not_exists)
    return true;
  // A dump of the whole database may create public.
  if (exists && existing->epoch == state.change_epoch && name != "public")
    return change.refuse("42P06", format("schema \"{}\" already exists", name), op.where, name);
  SchemaEntry entry;
  entry.epoch = state.change_epoch;
  entry.owner = op.owner;
  entry.origin = change.origin();
  state.schemas.set(name, entry);
  return true;
}

bool applyOp(Change &change, const CreateExtension &op) {
  createNamed(change, ObjectKind::extension, {{}, op.extension, {}});
  if (!op.schema.empty())
    if (auto *object = change.mutableState().objects.edit(
            objectKey(ObjectKind::extension, {{}, op.extension, {}})))
      (*object)->table.schema = op.schema;
  // What an extension that ships with PostgreSQL makes is known; another may make anything.
  if (!findExtension(op.extension, change.postgres()))
    change.markIncomplete(false);
  return true;
}

bool applyOp(Change &change, const CreateStatistics &op) {
  QualifiedName name = creationName(change, op.statistics);
  const Relation *table = change.catalog().findRelation(op.table);
  if (op.statistics.empty() && table)
    name = {table->schema, makeObjectName(table->name, joinColumnNames(op.columns), "stat"), {}};
  if (const NamedObject *existing = change.catalog().findObject(ObjectKind::statistics, name);
      existing && op.if_not_exists)
    return true;
  createNamed(change, ObjectKind::statistics, name, {{"definition", op.text, {}}},
              table ? QualifiedName{table->schema, table->name, {}} : op.table);
  return true;
}

bool applyOp(Change &change, const Publication &op) {
  const QualifiedName name{{}, op.publication, {}};
  if (op.action == DdlAction::create)
    createNamed(change, ObjectKind::publication, name);
  auto *object = op.action == DdlAction::drop
                     ? nullptr
                     : change.mutableState().objects.edit(objectKey(ObjectKind::publication, name));
  if (!object || !*object)
    return true;
  auto changed = std::make_shared<NamedObject>(**object);
  if (op.change == 's' && op.action == DdlAction::alter)
    changed->tables.clear();
  for (const QualifiedName &table : op.tables) {
    const QualifiedName resolved = change.catalog().resolve(table);
    std::erase(changed->tables, resolved);
    if (op.change != 'd')
      changed->tables.push_back(resolved);
  }
  *object = std::move(changed);
  return true;
}

bool applyOp(Change &change, const ObjectDdl &op) {
  for (const QualifiedName &name : op.names) {
    if (op.action == DdlAction::create)
      createNamed(change, op.kind, name, op.options);
    if (op.action == DdlAction::drop)
      change.mutableState().objects.set(objectKey(op.kind, name), nullptr);
  }
  return true;
}

} // namespace lockstep
