#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/catalog.hpp"

#include <vector>

namespace lockstep::catalog {

/// The function that a statement names: with argument types, the one that has them; without, the
/// only one of the name. Null where there is none or no single one.
[[nodiscard]] const Function *findFunction(const Catalog &catalog, const QualifiedName &name,
                                           const std::vector<TypeName> &arguments,
                                           bool has_arguments, int postgres);

/// The types of a function's input arguments.
[[nodiscard]] std::vector<TypeName> inputTypes(const std::vector<FunctionParameter> &parameters);
/// Whether two argument lists name the same types.
[[nodiscard]] bool sameTypes(const Catalog &catalog, const std::vector<TypeName> &a,
                             const std::vector<TypeName> &b, int postgres);

} // namespace lockstep::catalog
