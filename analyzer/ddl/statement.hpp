#pragma once
#include "catalog/model/privileges.hpp"
#include "ddl/layer.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lockstep::ddl {

/// A statement as the functions of this folder write it. All names in it are qualified, but for
/// those in expressions, queries and bodies, which stay as they were written.
struct SqlStatement {
  std::string text; ///< Without its semicolon; empty where there is nothing to write.
  /// The search_path that its expressions were written under; null where it has none.
  SearchPath path;

  SqlStatement(std::string statement = {}, SearchPath search_path = nullptr)
      : text(std::move(statement)), path(std::move(search_path)) {}
};

/// Several of them, to be run in order.
using SqlStatements = std::vector<SqlStatement>;

} // namespace lockstep::ddl
