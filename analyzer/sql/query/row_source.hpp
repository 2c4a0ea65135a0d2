#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

#include <string_view>
#include <utility>
#include <vector>

struct List;
struct Node;
struct SelectStmt;
struct WithClause;

namespace lockstep::sql {

/// Tells which queries yield few rows however large their tables are: with LIMIT, of an aggregate
/// without GROUP BY, of VALUES, or of other such queries alone.
class RowSources {
public:
  explicit RowSources(Lowering &at) : at_(at) {}

  /// Makes the names of a WITH known for what follows.
  void with(const ::WithClause *clause);
  [[nodiscard]] bool areFew(const ::SelectStmt &select);
  /// The same of a FROM item.
  [[nodiscard]] bool areFew(const ::Node *item);

private:
  struct Cte {
    std::string_view name;
    bool few = false;
  };
  [[nodiscard]] bool areFewWritten(const ::Node *statement);

  Lowering &at_;
  std::vector<Cte> ctes_;
};

/// True where a sub-select with LIMIT, in FROM or in WITH, says which rows a statement writes.
[[nodiscard]] bool picksLimitedRows(const ::List *from, const ::WithClause *with);

/// WHERE and the conditions of the inner joins, where FROM holds nothing but tables, each to be
/// found among the query's relations, and what yields few rows. Nothing where there is none.
[[nodiscard]] ExpressionPointer joinedCondition(Lowering &at, const ::SelectStmt &select);

} // namespace lockstep::sql
