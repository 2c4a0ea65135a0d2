#include "sql/lower.hpp"

namespace lockstep {

Statement lowerStatement(const RawStmt &, const LowerContext &context) {
  Statement statement;
  statement.range = context.statement();
  statement.ops.emplace_back(Unmodelled{statement.range});
  return statement;
}

} // namespace lockstep
