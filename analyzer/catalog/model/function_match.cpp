#include "catalog/model/function_match.hpp"

#include "catalog/model/resolve_type.hpp"

namespace lockstep::catalog {

std::vector<TypeName> inputTypes(const std::vector<FunctionParameter> &parameters) {
  std::vector<TypeName> types;
  for (const FunctionParameter &parameter : parameters)
    if (parameter.mode != 'o' && parameter.mode != 't')
      types.push_back(parameter.type);
  return types;
}

bool sameTypes(const Catalog &catalog, const std::vector<TypeName> &a,
               const std::vector<TypeName> &b, int postgres) {
  if (a.size() != b.size())
    return false;
  for (size_t i = 0; i < a.size(); ++i) {
    const ResolvedType left = resolveType(catalog, a[i], postgres);
    const ResolvedType right = resolveType(catalog, b[i], postgres);
    // Modifiers are no part of a signature.
    if (left.type.name != right.type.name || left.type.schema != right.type.schema ||
        (left.type.array_dimensions > 0) != (right.type.array_dimensions > 0))
      return false;
  }
  return true;
}

const Function *findFunction(const Catalog &catalog, const QualifiedName &name,
                             const std::vector<TypeName> &arguments, bool has_arguments,
                             int postgres) {
  const std::vector<const Function *> candidates = catalog.findFunctions(name);
  if (!has_arguments)
    return candidates.size() == 1 ? candidates.front() : nullptr;
  for (const Function *function : candidates)
    if (function->definition &&
        sameTypes(catalog, inputTypes(function->definition->parameters), arguments, postgres))
      return function;
  return nullptr;
}

} // namespace lockstep::catalog
