#pragma once
#include "sql/layer.hpp"
#include "sql/lower/statement.hpp"

#include <vector>

namespace lockstep::sql {

/// What a place in PL/pgSQL code runs.
enum class PlpgsqlKind : uint8_t {
  sql,        ///< A statement of SQL; RETURN QUERY, FOR … IN and OPEN … FOR give their query.
  perform,    ///< PERFORM …: SELECT with another first word.
  expression, ///< An expression that holds a query: IF EXISTS (SELECT …).
  execute,    ///< EXECUTE of a text: the expression that yields it.
};

/// A run of tokens, [first, last), and what control flow tells of it.
struct PlpgsqlItem {
  PlpgsqlKind kind = PlpgsqlKind::sql;
  size_t first = 0;
  size_t last = 0;
  /// The INTO clause, which is PL/pgSQL's and not SQL's; empty where there is none.
  size_t into_first = 0;
  size_t into_last = 0;
  bool conditional = false;
  bool in_loop = false;
};

/// The SQL in PL/pgSQL code, in textual order.
struct PlpgsqlOutline {
  bool complete = false; ///< The code was understood up to its end.
  bool commits = false;  ///< It has COMMIT or ROLLBACK.
  bool loops = false;
  std::vector<PlpgsqlItem> items;
};

/// Finds the SQL in the tokens of a PL/pgSQL block by its control structures (pl_gram.y of
/// PostgreSQL 18), because PL/pgSQL's own parser knows positions by line only.
[[nodiscard]] PlpgsqlOutline outlinePlpgsql(const LowerContext &code);

} // namespace lockstep::sql
