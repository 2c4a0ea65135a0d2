#pragma once
#include "base/range.hpp"
#include "sql/layer.hpp"

#include <cstdint>
#include <string>

namespace lockstep::sql {

/// A comment of a script, as the scanner found it.
struct SqlComment {
  Range range; ///< With its "--" or "/* */".
  bool block = false;
};

/// Why a stretch of a script could not be analysed.
enum class ProblemKind : uint8_t {
  syntax,       ///< PostgreSQL's parser refuses it.
  too_deep,     ///< Nested or chained beyond what the parser can hold.
  cut_short,    ///< Nested beyond what is looked into. The statement is there but for that.
  too_large,    ///< One statement beyond the size limit.
  nul_byte,     ///< The server reads text only up to it.
  invalid_utf8, ///< The server refuses it in a UTF-8 database.
  unreadable,   ///< The file cannot be read at all.
};

struct ScriptProblem {
  ProblemKind kind = ProblemKind::syntax;
  std::string message; ///< PostgreSQL's words for `syntax`.
  Range where;         ///< The token at fault.
  Range statement;     ///< The statement that was given up; empty where none was.

  /// True where some of the SQL is not looked at.
  [[nodiscard]] bool leavesOut() const {
    return !statement.empty() || kind == ProblemKind::cut_short;
  }
};

} // namespace lockstep::sql
