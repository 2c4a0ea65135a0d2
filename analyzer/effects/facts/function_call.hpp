#pragma once
#include "effects/facts/effect.hpp"
#include "effects/layer.hpp"

#include <string>
#include <vector>

namespace lockstep::effects {

/// Volatility of an expression after constant folding and inlining, with the functions that the
/// catalog knows: what decides whether ADD COLUMN … DEFAULT rewrites (contain_volatile_functions
/// after expression_planner, tablecmds.c, ATExecAddColumn).
enum class Volatility : uint8_t { immutable, stable, volatile_, unknown };

/// What is known of a call's arguments.
struct CallArguments {
  std::vector<std::string> types; ///< Catalog names; empty where not known.
  bool has_null = false;
  bool is_volatile = false;
};

/// What a call comes to, after inlining.
struct CallResult {
  Volatility volatility = Volatility::unknown;
  std::string type;               ///< Of the result; empty if not known.
  bool is_null = false;           ///< A strict function with a null argument: never called.
  bool ignores_arguments = false; ///< Inlined, and the body uses none of them.
};

/// The function that the name stands for: PostgreSQL's own comes first in search_path, then those
/// of the history, whose volatility is what they declare unless they are inlined (inline_function,
/// clauses.c).
[[nodiscard]] CallResult resolveCall(const QualifiedName &name, const CallArguments &arguments,
                                     const Catalog &catalog, int postgres);

} // namespace lockstep::effects
