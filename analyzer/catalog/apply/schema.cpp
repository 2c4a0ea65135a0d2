#include "catalog/apply/apply_op.hpp"

namespace lockstep::catalog {

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
  entry.is_made = !exists && !op.if_not_exists && !change.isConditional();
  entry.owner = op.owner;
  entry.origin = change.origin();
  entry.privileges = defaultPrivileges(state, ObjectKind::schema, {}, change.postgres());
  state.schemas.set(name, entry);
  return true;
}

} // namespace lockstep::catalog
