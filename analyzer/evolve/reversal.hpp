#pragma once
#include "evolve/layer.hpp"
#include "history/step.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lockstep::evolve {

/// One way in which the schema after a migration and its down part is not the one before.
struct Difference {
  std::string message; ///< "column 'users.email' is left behind"
  std::string object;  ///< Qualified name.
  Origin origin;       ///< What is left behind, or differs: where it was made; else base.
};

/// What the down part leaves otherwise than it was, in the order of the names. The places of
/// columns among each other do not count: SQL cannot bring them back. Of a table whose definition
/// was never seen only what the statements show is compared.
[[nodiscard]] std::vector<Difference> differencesAfterDown(const ChangeSet &down);

/// What an op of an up part destroys so that no statement can bring it back: "the values of
/// 'users.email'". Nothing for what the same change set made.
[[nodiscard]] std::optional<std::string> lossOf(const Op &op, const StatementStep &step);

} // namespace lockstep::evolve
