#include "catalog/model/type.hpp"

namespace lockstep::catalog {

std::string Type::qualifiedName() const { return sqlName(schema, name); }

std::string Function::signature() const {
  std::string result = sqlName(schema, name) + "(";
  if (definition) {
    bool first = true;
    for (const FunctionParameter &parameter : definition->parameters) {
      if (parameter.mode == 'o' || parameter.mode == 't')
        continue;
      result += (first ? "" : ", ") + sqlType(parameter.type);
      first = false;
    }
  }
  return result + ")";
}

} // namespace lockstep::catalog
