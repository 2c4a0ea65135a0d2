#pragma once
#include "history/layer.hpp"
#include "history/step.hpp"

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::history {

/// What statements of a change set do by name, for those who ask what comes after a statement:
/// none need go through all that follow.
class LaterStatements {
public:
  /// Refers to the statements.
  explicit LaterStatements(const std::deque<StatementStep> &statements);

  /// The first statement after `step` that makes a table of this name, which is resolved, but no
  /// partition; or null.
  [[nodiscard]] const StatementStep *creationAfter(const StatementStep &step,
                                                   const QualifiedName &table) const {
    return firstAfter(creations_, step, table);
  }
  /// The same for one that grants privileges on it.
  [[nodiscard]] const StatementStep *grantAfter(const StatementStep &step,
                                                const QualifiedName &object) const {
    return firstAfter(grants_, step, object);
  }

  /// How many statements it was made of.
  [[nodiscard]] size_t size() const { return size_; }

private:
  /// Statements by the schema and name that they are about, in their order.
  using ByName = std::map<std::pair<std::string, std::string>, std::vector<const StatementStep *>>;

  [[nodiscard]] static const StatementStep *
  firstAfter(const ByName &statements, const StatementStep &step, const QualifiedName &name);

  ByName creations_;
  ByName grants_;
  size_t size_ = 0;
};

} // namespace lockstep::history
