#include "base/pg/functions.hpp"

#include "base/pg/text_table.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif

namespace lockstep::base {

static constexpr char function_text[] =
#include "base/pg/data/functions.inc"
    ;
static constexpr TextTable<slotsFor(function_text)> function_table(function_text);
static constexpr char operator_text[] =
#include "base/pg/data/operators.inc"
    ;
static constexpr TextTable<slotsFor(operator_text)> operator_table(operator_text);

using Types = std::vector<std::string_view>;

namespace {

/// One overload, its parameters already matched to the number of arguments.
struct Overload {
  std::string_view extension;
  std::string_view flags; ///< As in functions.inc: volatility, then a, w, p, s.
  Types parameters;
  std::string_view result;
};

} // namespace

/// The parameters of a signature for so many arguments: defaults left out, a variadic one repeated.
static bool matchParameters(std::string_view signature, size_t arguments, Types &parameters) {
  static constexpr std::string_view variadic = "...";
  parameters.clear();
  bool filled = true;
  while (!signature.empty()) {
    std::string_view parameter = takeField(signature, ',');
    if (parameter.substr(0, variadic.size()) == variadic) {
      parameter.remove_prefix(variadic.size());
      // The array's elements are passed one by one.
      if (parameter[0] == '_')
        parameter.remove_prefix(1);
      else if (parameter == "anyarray")
        parameter = "anyelement";
      else if (parameter == "anycompatiblearray")
        parameter = "anycompatible";
      if (parameters.size() >= arguments)
        return false;
      parameters.resize(arguments, parameter);
      return true;
    }
    const bool has_default = !parameter.empty() && parameter.back() == '?';
    if (has_default)
      parameter.remove_suffix(1);
    if (parameters.size() < arguments)
      parameters.push_back(parameter);
    else
      filled = filled && has_default;
  }
  return filled && parameters.size() == arguments;
}

template <typename Table>
static std::vector<Overload> overloadsOf(const Table &table, std::string_view name,
                                         size_t arguments, int postgres) {
  std::vector<Overload> found;
  table.forKey(name, [&](std::string_view, std::string_view line) {
    if (!holdsFor(takeField(line), postgres))
      return false;
    Overload overload;
    overload.extension = optionalField(takeField(line));
    overload.flags = takeField(line);
    while (!line.empty()) {
      overload.result = takeField(line);
      const std::string_view signature = takeField(overload.result, '>');
      if (matchParameters(signature, arguments, overload.parameters))
        found.push_back(overload);
    }
    return false;
  });
  return found;
}

static bool isPolymorphic(std::string_view type) { return type.substr(0, 3) == "any"; }

static bool converts(std::string_view argument, std::string_view parameter, int postgres) {
  if (argument == any_type || argument == literal_type || argument == parameter)
    return true;
  if (parameter == "anynonarray" || parameter == "anycompatiblenonarray")
    return argument[0] != '_';
  if (isBinaryCoercible(argument, parameter, postgres))
    return true;
  if (isPolymorphic(parameter))
    return false;
  const std::optional<Coercion> coercion = findCoercion(argument, parameter, postgres);
  return coercion && coercion->context == CastContext::implicit;
}

/// Keeps the overloads with the highest score.
template <typename Score> static void keepBest(std::vector<Overload> &overloads, Score score) {
  int best = 0;
  for (const Overload &overload : overloads)
    best = std::max(best, score(overload));
  std::erase_if(overloads, [&](const Overload &overload) { return score(overload) < best; });
}

/// How many parameters satisfy `test(argument, parameter)`.
template <typename Test>
static int countArguments(const Types &arguments, const Overload &overload, Test test) {
  int count = 0;
  for (size_t i = 0; i < arguments.size(); ++i)
    count += test(arguments[i], overload.parameters[i]);
  return count;
}

/// Literals take the category that the overloads agree on, strings before others.
static void resolveLiterals(std::vector<Overload> &overloads, const Types &arguments,
                            int postgres) {
  for (size_t i = 0; i < arguments.size() && overloads.size() > 1; ++i) {
    if (arguments[i] != literal_type)
      continue;
    const auto categoryOf = [&](const Overload &overload) {
      const std::optional<BuiltinType> type = findBuiltinType(overload.parameters[i], postgres);
      return type ? type->category : 'U';
    };
    char category = categoryOf(overloads.front());
    for (const Overload &overload : overloads)
      if (const char other = categoryOf(overload); other == 'S')
        category = 'S';
      else if (category != 'S' && other != category)
        category = 0;
    if (category == 0)
      continue;
    std::erase_if(overloads, [&](const Overload &o) { return categoryOf(o) != category; });
    keepBest(overloads, [&](const Overload &overload) {
      const std::optional<BuiltinType> type = findBuiltinType(overload.parameters[i], postgres);
      return type && type->preferred ? 1 : 0;
    });
  }
}

/// Narrows overloads to those that the server chooses among (func_select_candidate in
/// parser/parse_func.c).
static void narrow(std::vector<Overload> &overloads, const Types &arguments, int postgres) {
  for (const Overload &overload : overloads)
    if (overload.parameters == arguments) {
      overloads = {Overload(overload)};
      return;
    }

  std::vector<Overload> possible;
  std::copy_if(overloads.begin(), overloads.end(), std::back_inserter(possible),
               [&](const Overload &overload) {
                 return countArguments(arguments, overload, [&](auto argument, auto parameter) {
                          return converts(argument, parameter, postgres);
                        }) == static_cast<int>(arguments.size());
               });
  overloads = std::move(possible);
  // What follows compares overloads by what is known of all arguments.
  if (std::find(arguments.begin(), arguments.end(), any_type) != arguments.end())
    return;

  keepBest(overloads, [&](const Overload &overload) {
    return countArguments(arguments, overload,
                          [](auto argument, auto parameter) { return argument == parameter; });
  });
  keepBest(overloads, [&](const Overload &overload) {
    return countArguments(arguments, overload, [&](auto argument, auto parameter) {
      if (argument == literal_type)
        return false;
      const std::optional<BuiltinType> from = findBuiltinType(argument, postgres);
      const std::optional<BuiltinType> to = findBuiltinType(parameter, postgres);
      return argument == parameter ||
             (from && to && to->preferred && to->category == from->category);
    });
  });
  resolveLiterals(overloads, arguments, postgres);
}

/// Last resort of the server: literals are of the type that all the other arguments have.
static void assumeLiteralsAlike(std::vector<Overload> &overloads, const Types &arguments,
                                int postgres) {
  std::string_view known;
  for (const std::string_view argument : arguments) {
    if (argument == literal_type)
      continue;
    if (argument == any_type || (!known.empty() && argument != known))
      return;
    known = argument;
  }
  if (known.empty() || overloads.size() < 2)
    return;
  std::vector<Overload> alike;
  std::copy_if(
      overloads.begin(), overloads.end(), std::back_inserter(alike), [&](const Overload &overload) {
        return std::all_of(overload.parameters.begin(), overload.parameters.end(),
                           [&](std::string_view type) { return converts(known, type, postgres); });
      });
  if (alike.size() == 1)
    overloads = std::move(alike);
}

static bool isElement(std::string_view type) {
  return type == "anyelement" || type == "anynonarray" || type == "anycompatible" ||
         type == "anycompatiblenonarray";
}

static bool isArray(std::string_view type) {
  return type == "anyarray" || type == "anycompatiblearray";
}

static bool isRange(std::string_view type) {
  return type == "anyrange" || type == "anycompatiblerange";
}

/// What anyelement stands for where a polymorphic parameter gets this type.
static std::string_view elementOf(std::string_view parameter, const BuiltinType &argument) {
  if (isElement(parameter))
    return argument.name;
  const bool has_element =
      isArray(parameter) ? argument.is_array : argument.kind == BuiltinTypeKind::range;
  return has_element ? argument.base : any_type;
}

/// The type of an overload's result for these arguments; empty where it cannot be told.
static std::string_view resultOf(const Overload &overload, const Types &arguments, int postgres) {
  if (!isPolymorphic(overload.result))
    return overload.result;
  std::string_view element;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view parameter = overload.parameters[i];
    if (!isElement(parameter) && !isArray(parameter) && !isRange(parameter))
      continue;
    if (arguments[i] == literal_type)
      continue;
    const std::optional<BuiltinType> type = findBuiltinType(arguments[i], postgres);
    if (!type)
      return any_type;
    if (isRange(parameter) && parameter == overload.result)
      return type->name;
    const std::string_view found = elementOf(parameter, *type);
    // anycompatible may choose a third type.
    if (!element.empty() && element != found)
      return any_type;
    element = found;
  }
  if (isArray(overload.result))
    return builtinArrayOf(element, postgres);
  return isElement(overload.result) ? element : any_type;
}

static std::optional<BuiltinFunction> summarize(const std::vector<Overload> &overloads,
                                                const Types &arguments, int postgres) {
  if (overloads.empty())
    return std::nullopt;
  BuiltinFunction function;
  function.extension = overloads.front().extension;
  function.result = resultOf(overloads.front(), arguments, postgres);
  function.best = FunctionVolatility::volatile_;
  for (const Overload &overload : overloads) {
    const FunctionVolatility volatility = overload.flags[0] == 'i' ? FunctionVolatility::immutable
                                          : overload.flags[0] == 's'
                                              ? FunctionVolatility::stable
                                              : FunctionVolatility::volatile_;
    const std::string_view properties = overload.flags.substr(1);
    function.best = std::min(function.best, volatility);
    function.worst = std::max(function.worst, volatility);
    function.aggregate = function.aggregate || properties.find('a') != properties.npos;
    function.window = function.window || properties.find('w') != properties.npos;
    function.procedure = function.procedure || properties.find('p') != properties.npos;
    function.returns_set = function.returns_set || properties.find('s') != properties.npos;
    if (overload.extension.empty())
      function.extension = {};
    if (resultOf(overload, arguments, postgres) != function.result)
      function.result = any_type;
  }
  return function;
}

/// Overloads of an extension count beside PostgreSQL's own only for the extension's own types.
static void dropForeignOverloads(std::vector<Overload> &overloads, const Types &arguments,
                                 int postgres) {
  if (std::none_of(overloads.begin(), overloads.end(),
                   [](const Overload &overload) { return overload.extension.empty(); }))
    return;
  std::erase_if(overloads, [&](const Overload &overload) {
    return !overload.extension.empty() &&
           std::none_of(arguments.begin(), arguments.end(), [&](std::string_view argument) {
             const std::optional<BuiltinType> type = findBuiltinType(argument, postgres);
             return type && type->extension == overload.extension;
           });
  });
}

/// Arguments as the tables know them: others' types and domains are replaced.
static Types knownTypes(std::span<const std::string_view> arguments, int postgres) {
  Types types;
  for (const std::string_view argument : arguments) {
    std::optional<BuiltinType> type = findBuiltinType(argument, postgres);
    while (type && type->kind == BuiltinTypeKind::domain)
      type = findBuiltinType(type->base, postgres);
    types.push_back(type ? type->name : any_type);
  }
  return types;
}

/// `int4(x)` is a cast where no function of this very signature exists and the cast needs none
/// (func_get_detail in parser/parse_func.c).
static std::optional<BuiltinFunction>
castInFunctionNotation(std::string_view name, std::string_view argument, int postgres) {
  const std::optional<BuiltinType> type = findBuiltinType(name, postgres);
  if (!type || argument == any_type)
    return std::nullopt;
  BuiltinFunction cast;
  cast.extension = type->extension;
  cast.result = type->name;
  cast.worst = type->input;
  if (argument != literal_type) {
    const std::optional<Coercion> coercion = findCoercion(argument, name, postgres);
    if (!coercion || coercion->method == Coercion::Method::function ||
        coercion->method == Coercion::Method::array)
      return std::nullopt;
    cast.worst = coercion->volatility;
  }
  cast.best = cast.worst;
  return cast;
}

std::optional<BuiltinFunction>
findFunction(std::string_view name, std::span<const std::string_view> arguments, int postgres) {
  const Types types = knownTypes(arguments, postgres);
  std::vector<Overload> overloads = overloadsOf(function_table, name, types.size(), postgres);
  const auto is_exact = [&](const Overload &overload) { return overload.parameters == types; };
  if (types.size() == 1 && std::none_of(overloads.begin(), overloads.end(), is_exact))
    if (const auto cast = castInFunctionNotation(name, types[0], postgres))
      return cast;
  dropForeignOverloads(overloads, types, postgres);
  narrow(overloads, types, postgres);
  assumeLiteralsAlike(overloads, types, postgres);
  return summarize(overloads, types, postgres);
}

std::optional<BuiltinFunction> findFunction(std::string_view name, size_t arguments, int postgres) {
  return findFunction(name, Types(arguments, any_type), postgres);
}

bool isBuiltinFunction(std::string_view name, int postgres) {
  return function_table.forKey(name, [&](std::string_view, std::string_view line) {
    return holdsFor(takeField(line), postgres) && optionalField(takeField(line)).empty();
  });
}

std::optional<BuiltinFunction> findOperator(std::string_view name,
                                            std::optional<std::string_view> left,
                                            std::string_view right, int postgres) {
  // A prefix operator's signature starts with the empty left type; it is no parameter.
  std::vector<Overload> overloads = overloadsOf(operator_table, name, 2, postgres);
  std::erase_if(overloads, [&](const Overload &overload) {
    return overload.parameters.front().empty() == left.has_value();
  });
  if (!left)
    for (Overload &overload : overloads)
      overload.parameters.erase(overload.parameters.begin());
  const Types types = knownTypes(left ? Types{*left, right} : Types{right}, postgres);
  dropForeignOverloads(overloads, types, postgres);
  if (left) {
    // A literal beside a known type is first taken to be of the same type.
    const Types alike{types[types[0] == literal_type ? 1 : 0],
                      types[types[1] == literal_type ? 0 : 1]};
    for (const Overload &overload : overloads)
      if (overload.parameters == alike)
        return summarize({overload}, alike, postgres);
  }
  narrow(overloads, types, postgres);
  assumeLiteralsAlike(overloads, types, postgres);
  return summarize(overloads, types, postgres);
}

} // namespace lockstep::base
