#pragma once
#include "ddl/statement.hpp"

#include <string>

namespace lockstep::test {

/// Statements on one line: "ALTER …; GRANT …".
inline std::string texts(const ddl::SqlStatements &statements) {
  std::string text;
  for (const ddl::SqlStatement &statement : statements)
    text += (text.empty() ? "" : "; ") + statement.text;
  return text;
}

} // namespace lockstep::test
