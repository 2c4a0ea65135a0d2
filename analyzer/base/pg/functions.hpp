#pragma once

#include "base/pg/builtin.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

/// Which function or operator of pg_catalog, or of an extension that ships with PostgreSQL, an
/// expression calls, as far as the types of its arguments are known.
namespace lockstep::base {

/// The functions that a call may mean. One is certain when `best == worst` or the types of all
/// arguments are known.
struct BuiltinFunction {
  std::string_view extension; ///< Of all of them; empty for PostgreSQL's own.
  std::string_view result;    ///< Catalog name of the result's type; empty if it depends.
  FunctionVolatility best = FunctionVolatility::immutable;  ///< The least volatile of them.
  FunctionVolatility worst = FunctionVolatility::immutable; ///< The most volatile of them.
  bool aggregate = false;
  bool window = false;
  bool procedure = false;
  bool returns_set = false;
};

/// The type of an argument that nothing is known of.
inline constexpr std::string_view any_type = "";

/// The type of a string literal or NULL without cast: PostgreSQL chooses by the other arguments.
inline constexpr std::string_view literal_type = "unknown";

/// What `name(args…)` calls, by the rules of the documentation's section 10.3 (Functions). An
/// argument's type is a catalog name, any_type or literal_type; types that are not PostgreSQL's
/// count as any_type. Nothing if there is no function of that name that takes such arguments.
///
/// An extension's functions count only if PostgreSQL has none of that name, or if an argument has a
/// type of that extension.
[[nodiscard]] std::optional<BuiltinFunction>
findFunction(std::string_view name, std::span<const std::string_view> arguments, int postgres);

/// The same with nothing known of the arguments but their number.
[[nodiscard]] std::optional<BuiltinFunction> findFunction(std::string_view name, size_t arguments,
                                                          int postgres);

/// Whether PostgreSQL itself has a function of that name, whatever its arguments.
[[nodiscard]] bool isBuiltinFunction(std::string_view name, int postgres);

/// What `left name right` calls; `left` is nothing for a prefix operator (section 10.2, Operators).
[[nodiscard]] std::optional<BuiltinFunction> findOperator(std::string_view name,
                                                          std::optional<std::string_view> left,
                                                          std::string_view right, int postgres);

} // namespace lockstep::base
