#pragma once
#include "effects/facts/effect.hpp"
#include "effects/layer.hpp"

#include <string>

namespace lockstep::effects {

/// What a change of a column's type does to the table.
struct TypeChange {
  bool rewrites = false;
  bool possible = true; ///< False: there is no assignment cast and no USING.
  bool known = true;    ///< False: a type is not known; `rewrites` is the worse case.
  bool narrows = false; ///< Values may fail, be cut or be rounded.
  std::string reason;   ///< Why, for people: "bigint needs 8 bytes where integer has 4".
};
[[nodiscard]] TypeChange typeChange(const Column &from, const AlterColumnType &to,
                                    const Catalog &catalog, const EffectOptions &options);

} // namespace lockstep::effects
