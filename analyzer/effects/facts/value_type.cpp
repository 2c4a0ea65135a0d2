#include "effects/facts/value_type.hpp"

#include "base/pg/builtin.hpp"
#include "catalog/model/resolve_type.hpp"

namespace lockstep::effects {

/// The type with its name alone, before the array brackets count.
static ValueType fromName(const TypeName &type, ObjectId id, int postgres) {
  ValueType result;
  result.id = id;
  result.name = type.name;
  result.modifiers = type.modifiers;
  result.is_array = type.array_dimensions > 0;
  result.known = id != ObjectId::none || findBuiltinType(type.name, postgres).has_value();
  if (result.is_array && id == ObjectId::none && result.known)
    result.name = builtinArrayOf(type.name, postgres);
  else if (id == ObjectId::none && type.name.starts_with('_'))
    result.is_array = true; // _int4 is integer[].
  return result;
}

ValueType valueTypeOf(const TypeName &type, const Catalog &catalog, int postgres) {
  if (type.is_reference || type.is_set)
    return {};
  if (const std::optional<TypeName> integer = serialType(type))
    return fromName(*integer, ObjectId::none, postgres);
  if (type.schema == "pg_catalog")
    return fromName(type, ObjectId::none, postgres);
  const ResolvedType resolved = resolveType(catalog, type, postgres);
  return fromName(type, resolved.id, postgres);
}

ValueType valueTypeOf(const Column &column, int postgres) {
  return fromName(column.type, column.type_id, postgres);
}

ValueType belowDomain(const ValueType &type, const Catalog &catalog, int postgres) {
  ValueType result = type;
  constexpr int deepest = 100;
  for (int depth = 0; depth < deepest && !result.is_array; ++depth) {
    const Type *domain = catalog.type(result.id);
    if (!domain || domain->kind != TypeKind::domain)
      break;
    result = fromName(domain->base, domain->base_id, postgres);
  }
  return result;
}

} // namespace lockstep::effects
