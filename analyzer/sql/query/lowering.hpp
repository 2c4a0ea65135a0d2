#pragma once
#include "ops/op.hpp"
#include "sql/layer.hpp"
#include "sql/query/nodes.hpp"
#include "sql/text/statement_tokens.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::sql {

/// How deep lowering may nest in expressions, in queries and in all together. What lies deeper is
/// lowered to `other` without operands: so no text exhausts the stack, neither here nor where the
/// values are copied and destroyed, on threads with small stacks. Who reads a report is told: what
/// is not looked at could be anything.
constexpr int max_lowering_depth = 400;

/// The table that a statement is about, beside those of its FROM: what UPDATE changes, or a policy
/// guards. A query names its columns without naming it in FROM.
struct QueryTarget {
  std::string_view schema;
  std::string_view name;
  std::string_view alias;
};

/// What lowering one statement needs at hand.
struct Lowering {
  StatementTokens tokens;
  uint32_t base;           ///< The byte of the file that the parser's location 0 is.
  Range range;             ///< The statement.
  std::vector<Op> &ops;    ///< Where its ops go.
  bool &is_cut;            ///< Set where something lies too deep to be lowered.
  QueryTarget target = {}; ///< What outer references of sub-selects may mean.
  std::vector<std::string_view> ctes = {}; ///< The names of WITH that a query may use now.
  int depth = 0;                           ///< How deep the walk stands, see max_lowering_depth.

  [[nodiscard]] uint32_t offset(int location) const {
    return location < 0 ? range.begin : base + static_cast<uint32_t>(location);
  }
  [[nodiscard]] size_t tokenAt(int location) const { return tokens.at(offset(location)); }
  template <class T> T &add(T op) {
    ops.emplace_back(std::move(op));
    return std::get<T>(ops.back());
  }
  /// Adds an op that stands where the whole statement does.
  template <class T> T &addWhole(T op) {
    op.where = range;
    return add(std::move(op));
  }
};

/// Counts one level of nesting while it lives.
class Nesting {
public:
  explicit Nesting(Lowering &at) : at_(at) { ++at_.depth; }
  ~Nesting() { --at_.depth; }
  Nesting(const Nesting &) = delete;
  Nesting &operator=(const Nesting &) = delete;
  /// True where what stands here is to be left out, which the statement is marked with.
  [[nodiscard]] bool tooDeep() const {
    at_.is_cut = at_.is_cut || at_.depth > max_lowering_depth;
    return at_.depth > max_lowering_depth;
  }

private:
  Lowering &at_;
};

} // namespace lockstep::sql
