#pragma once
#include "sql/script.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::test {
using namespace sql;

/// The ops of a script that must parse without a problem, but for what is nested too deeply to be
/// looked into.
inline std::vector<Op> lowered(std::string_view sql) {
  INFO(sql);
  Script script = parseScript(sql);
  for (const ScriptProblem &problem : script.problems)
    REQUIRE(problem.kind == ProblemKind::cut_short);
  std::vector<Op> ops;
  for (const auto &statement : script.statements)
    ops.insert(ops.end(), statement->ops.begin(), statement->ops.end());
  return ops;
}

/// The only op of a script, which must be a T.
template <class T> T only(std::string_view sql) {
  INFO(sql);
  std::vector<Op> ops = lowered(sql);
  REQUIRE(ops.size() == 1);
  REQUIRE(std::holds_alternative<T>(ops[0]));
  return std::get<T>(ops[0]);
}

/// Op's alternative T as an index.
template <class T, size_t index = 0> constexpr size_t opIndex() {
  if constexpr (std::is_same_v<std::variant_alternative_t<index, OpVariant>, T>)
    return index;
  else
    return opIndex<T, index + 1>();
}

inline std::string slice(std::string_view sql, Range range) {
  return std::string(sql.substr(range.begin, range.size()));
}

} // namespace lockstep::test
