#include "effects/effects.hpp"

#include "effects/describe/statement.hpp"

namespace lockstep::effects {

StatementEffects effectsOf(const Statement &statement, const Catalog &before,
                           const EffectOptions &options) {
  return describeStatement(statement, before, options, nullptr);
}

} // namespace lockstep::effects
