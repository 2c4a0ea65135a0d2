#include "effects/facts/inlined_argument.hpp"

#include "base/pg/functions.hpp"
#include "base/text.hpp"

namespace lockstep::effects {

/// The query of a body that is one SELECT; or null.
static const Query *selectedBy(const CreateFunction &function) {
  const Body &body = function.body;
  if (function.language != "sql" || function.is_procedure || function.security_definer ||
      !function.settings.empty() || function.returns.is_set || body.opaque ||
      body.statements.size() != 1 || !body.statements[0].statement)
    return nullptr;
  const Statement &statement = *body.statements[0].statement;
  const auto *select = statement.ops.size() == 1 ? std::get_if<Select>(&statement.ops[0]) : nullptr;
  return select ? &select->query : nullptr;
}

static bool selectsParameter(const Query &query, const std::string &name) {
  if (!query.relations.empty() || !query.functions.empty() || !query.types.empty() ||
      query.has_from || query.has_where || query.is_limited || query.scopes.size() > 1)
    return false;
  std::string_view text = trim(query.text);
  const size_t verb = text.find_first_of(" \t\r\n");
  const std::string_view first = text.substr(0, verb);
  if (verb == text.npos ||
      (!equalsIgnoringCase(first, "select") && !equalsIgnoringCase(first, "return")))
    return false;
  text = trim(text.substr(verb));
  return text == "$1" || (!name.empty() && equalsIgnoringCase(text, name));
}

bool isReplacedByArgument(const Expression &call, const ValueType &argument, const Catalog &catalog,
                          int postgres) {
  if (call.schema.empty() && isBuiltinFunction(call.name, postgres))
    return false;
  const auto functions = catalog.findFunctions({call.schema, call.name, {}});
  if (functions.size() != 1 || !functions.front()->definition)
    return false;
  const CreateFunction &function = *functions.front()->definition;
  const Query *query = selectedBy(function);
  if (!query || function.parameters.size() != 1 || function.parameters[0].mode != 'i')
    return false;
  const FunctionParameter &parameter = function.parameters[0];
  return valueTypeOf(parameter.type, catalog, postgres).isSame(argument) &&
         valueTypeOf(function.returns, catalog, postgres).isSame(argument) &&
         selectsParameter(*query, parameter.name);
}

} // namespace lockstep::effects
