#include "catalog/model/resolve_type.hpp"

#include "base/pg/builtin.hpp"
#include "base/text.hpp"
#include "catalog/model/state.hpp"

namespace lockstep::catalog {

ResolvedType resolveType(const Catalog &catalog, const TypeName &type, int postgres) {
  ResolvedType resolved;
  resolved.type = type;
  if (type.empty() || type.is_reference)
    return resolved;
  const bool may_be_builtin = type.schema.empty() || type.schema == "pg_catalog";
  if (may_be_builtin) {
    if (const auto builtin = findBuiltinType(type.name, postgres);
        builtin && builtin->extension.empty()) {
      resolved.type.schema = "pg_catalog";
      resolved.knowledge = Knowledge::known;
      return resolved;
    }
  }
  const QualifiedName name{type.schema, type.name, {}};
  const CatalogState &state = catalog.state();
  const NameEntry *entry = findName(state, state.type_names, name);
  if (entry && entry->id != ObjectId::none) {
    resolved.id = entry->id;
    resolved.type.schema = catalog.type(entry->id)->schema;
    resolved.knowledge = Knowledge::known;
  } else if (const Relation *relation = catalog.findRelation(name)) {
    resolved.row_of = relation->id;
    resolved.type.schema = relation->schema;
    resolved.knowledge = Knowledge::known;
  } else {
    resolved.knowledge = knowledgeOf(state, entry);
  }
  return resolved;
}

std::optional<TypeName> serialType(const TypeName &type) {
  if (!type.schema.empty() || type.array_dimensions > 0)
    return std::nullopt;
  std::string_view name;
  if (type.name == "serial" || type.name == "serial4")
    name = "int4";
  else if (type.name == "bigserial" || type.name == "serial8")
    name = "int8";
  else if (type.name == "smallserial" || type.name == "serial2")
    name = "int2";
  else
    return std::nullopt;
  TypeName integer;
  integer.schema = "pg_catalog";
  integer.name = name;
  integer.where = type.where;
  return integer;
}

} // namespace lockstep::catalog
