#include "catalog/model/state.hpp"

namespace lockstep::catalog {

CatalogState::CatalogState()
    : search_path(std::make_shared<const std::vector<std::string>>(1, "public")) {
  schemas.set("public", SchemaEntry());
}

ObjectName objectKey(ObjectKind kind, const QualifiedName &name) {
  return {std::string(name.schema) + '\0' + static_cast<char>('A' + static_cast<int>(kind)),
          name.name};
}

std::string_view creationSchema(const CatalogState &state) {
  for (const std::string &schema : *state.search_path) {
    const SchemaEntry *entry = state.schemas.find(schema);
    if (!entry || entry->exists || entry->epoch != state.epoch)
      return schema;
  }
  return state.search_path->empty() ? std::string_view("public")
                                    : std::string_view(state.search_path->front());
}

const NameEntry *findName(const CatalogState &state, const NameMap &names,
                          const QualifiedName &name) {
  if (!name.schema.empty())
    return names.find(NameView{name.schema, name.name});
  if (state.has_temporary)
    if (const NameEntry *entry = names.find(NameView{temporary_schema, name.name}))
      if (entry->id != ObjectId::none)
        return entry;
  // The name is absent only where it was dropped from all schemas of the path.
  const NameEntry *tombstone = nullptr;
  bool dropped = true;
  for (const std::string &schema : *state.search_path) {
    const NameEntry *entry = names.find(NameView{schema, name.name});
    if (entry && entry->id != ObjectId::none)
      return entry;
    if (!entry || entry->epoch != state.epoch)
      dropped = false;
    else
      tombstone = entry;
  }
  return dropped ? tombstone : nullptr;
}

Knowledge knowledgeOf(const CatalogState &state, const NameEntry *entry) {
  if (!entry || (entry->id == ObjectId::none && entry->epoch != state.epoch))
    return Knowledge::unknown;
  return entry->id == ObjectId::none ? Knowledge::absent : Knowledge::known;
}

} // namespace lockstep::catalog
