#include "effects/facts/function_call.hpp"

#include "base/pg/functions.hpp"

#include <algorithm>

namespace lockstep::effects {

/// How deep inlined functions that call others are followed.
static constexpr int deepest_inlining = 10;
/// How many are followed for one call.
static constexpr int most_inlined = 1000;

namespace {
/// Where resolving a call stands.
struct Inlining {
  const Catalog &catalog;
  int postgres;
  int depth = 0;
  int inlined = 0;
};
} // namespace

static Volatility fromBuiltin(FunctionVolatility volatility) {
  return static_cast<Volatility>(volatility);
}

static size_t inputCount(const CreateFunction &function) {
  return static_cast<size_t>(std::count_if(function.parameters.begin(), function.parameters.end(),
                                           [](const FunctionParameter &parameter) {
                                             return parameter.mode != 'o' && parameter.mode != 't';
                                           }));
}

static bool takes(const Function &function, size_t arguments) {
  if (!function.definition)
    return true;
  const auto &parameters = function.definition->parameters;
  const size_t optional = static_cast<size_t>(
      std::count_if(parameters.begin(), parameters.end(), [](const FunctionParameter &parameter) {
        return parameter.default_value || parameter.mode == 'v';
      }));
  const bool is_variadic =
      std::any_of(parameters.begin(), parameters.end(),
                  [](const FunctionParameter &parameter) { return parameter.mode == 'v'; });
  const size_t inputs = inputCount(*function.definition);
  return arguments + optional >= inputs && (arguments <= inputs || is_variadic);
}

/// The query of a function whose call the planner replaces by its body: plain SQL, one SELECT of
/// one expression and nothing else; or null.
static const Query *inlinableBody(const CreateFunction &function) {
  if (function.language != "sql" || function.security_definer || !function.settings.empty() ||
      function.returns.is_set || function.is_procedure || function.body.opaque ||
      function.body.statements.size() != 1 || !function.body.statements[0].statement)
    return nullptr;
  const Statement &statement = *function.body.statements[0].statement;
  const auto *select = statement.ops.size() == 1 ? std::get_if<Select>(&statement.ops[0]) : nullptr;
  if (!select)
    return nullptr;
  const Query &query = select->query;
  const bool is_simple =
      query.relations.empty() && !query.has_from && !query.has_where && !query.is_limited &&
      (query.outputs.size() == 1 || statement.kind == "ReturnStmt") && query.scopes.size() <= 1;
  return is_simple ? &query : nullptr;
}

/// A body that mentions no parameter.
static bool usesParameters(const CreateFunction &function, const Query &query) {
  return query.text.find('$') != std::string::npos || !query.columns.empty() ||
         std::any_of(function.parameters.begin(), function.parameters.end(),
                     [&](const FunctionParameter &parameter) {
                       return !parameter.name.empty() &&
                              query.text.find(parameter.name) != std::string::npos;
                     });
}

static CallResult resolve(const QualifiedName &name, const CallArguments &arguments,
                          Inlining &inlining);

/// The worst of the functions that the body calls; nothing if one of them keeps it from being
/// inlined (aggregates, sets).
static std::optional<Volatility> bodyVolatility(const Query &body, Inlining &inlining) {
  Volatility worst = Volatility::immutable;
  for (const FunctionUse &use : body.functions) {
    const size_t count = static_cast<size_t>(std::max(use.argument_count, 0));
    if (const auto builtin = findFunction(use.name.name, count, inlining.postgres);
        builtin && (builtin->aggregate || builtin->window || builtin->returns_set))
      return std::nullopt;
    CallArguments arguments;
    arguments.types.resize(count);
    worst = std::max(worst, resolve(use.name, arguments, inlining).volatility);
  }
  return worst;
}

static CallResult resolveOwn(const Function &function, const CallArguments &arguments,
                             Inlining &inlining) {
  CallResult result;
  result.volatility = fromBuiltin(function.volatility);
  if (!function.definition)
    return result;
  const CreateFunction &definition = *function.definition;
  if (definition.returns.schema == "pg_catalog" && definition.returns.array_dimensions == 0)
    result.type = definition.returns.name;
  if (definition.strict && arguments.has_null) {
    result.is_null = true;
    return result;
  }
  // A strict function is inlined only if its body is strict, too, which is not followed here; and
  // one with a volatile argument only if that is used at most once.
  const Query *body = inlinableBody(definition);
  if (!body || definition.strict || inlining.depth > deepest_inlining ||
      inlining.inlined >= most_inlined)
    return result;
  const bool uses_parameters = usesParameters(definition, *body);
  if (arguments.is_volatile && uses_parameters)
    return result;
  ++inlining.inlined;
  ++inlining.depth;
  const std::optional<Volatility> inside = bodyVolatility(*body, inlining);
  --inlining.depth;
  // Nor is one whose body is more volatile than it says.
  if (!inside || *inside > result.volatility)
    return result;
  result.volatility = *inside;
  result.ignores_arguments = !uses_parameters;
  return result;
}

static CallResult resolve(const QualifiedName &name, const CallArguments &arguments,
                          Inlining &inlining) {
  const bool may_be_builtin = name.schema.empty() || name.schema == "pg_catalog";
  const std::vector<std::string_view> types(arguments.types.begin(), arguments.types.end());
  const auto builtin = findFunction(name.name, types, inlining.postgres);
  CallResult result;
  if (builtin && (may_be_builtin ? builtin->extension.empty() : false)) {
    result.volatility = fromBuiltin(builtin->worst);
    result.type = builtin->result;
    return result;
  }
  for (const Function *function : inlining.catalog.findFunctions(name))
    if (takes(*function, arguments.types.size()))
      return resolveOwn(*function, arguments, inlining);
  // Functions of extensions stand in whatever schema the extension was made in.
  if (builtin && !builtin->extension.empty()) {
    result.volatility = fromBuiltin(builtin->worst);
    result.type = builtin->result;
  }
  return result;
}

CallResult resolveCall(const QualifiedName &name, const CallArguments &arguments,
                       const Catalog &catalog, int postgres) {
  Inlining inlining{.catalog = catalog, .postgres = postgres};
  return resolve(name, arguments, inlining);
}

} // namespace lockstep::effects
