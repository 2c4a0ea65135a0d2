#pragma once
#include "catalog/model/catalog.hpp"
#include "effects/facts/effect.hpp"
#include "effects/layer.hpp"

#include <optional>
#include <string_view>

namespace lockstep::effects {

/// One ALTER TABLE with all its subcommands: what each of them needs to know of the others, which
/// the server runs in passes (drops, type changes, additions; AT_PASS_*, tablecmds.c) and whose
/// scans and rewrites it does once, at the end.
class Alteration {
public:
  Alteration(const Statement &statement, const Catalog &catalog, const EffectOptions &options)
      : statement_(statement), catalog_(catalog), options_(options) {}

  /// The subcommand that adds the column, or null.
  [[nodiscard]] const AddColumn *addedColumn(std::string_view column) const;
  [[nodiscard]] bool dropsConstraint(std::string_view constraint) const;
  [[nodiscard]] bool dropsColumn(std::string_view column) const;
  /// The subcommand that adds the constraint, or null.
  [[nodiscard]] const ConstraintDef *addedConstraint(std::string_view constraint) const;
  /// True where a subcommand rewrites the table: what it would scan or rebuild is done on the way.
  [[nodiscard]] bool rewrites() const;

private:
  template <class Operation, class Match> const Operation *findOp(Match &&match) const;

  const Statement &statement_;
  const Catalog &catalog_;
  const EffectOptions &options_;
  mutable std::optional<bool> rewrites_;
};

} // namespace lockstep::effects
