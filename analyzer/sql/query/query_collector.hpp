#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

struct Alias;
struct ColumnRef;
struct DeleteStmt;
struct FuncCall;
struct InsertStmt;
struct JoinExpr;
struct List;
struct MergeStmt;
struct Node;
struct RangeVar;
struct ResTarget;
struct SelectStmt;
struct TypeName;
struct UpdateStmt;
struct WithClause;

namespace lockstep::sql {

/// What a FROM item's alias stands for, where it is no relation of the query.
inline constexpr int other_source = -3;
inline constexpr int function_source = -4;

/// A name that may qualify a column.
struct Source {
  std::string_view schema;
  std::string_view name;
  int relation; ///< Index into Query::relations, or what else it is.
  int scope;
};

/// What FOR UPDATE and its kin lock among the FROM items of one SELECT.
struct RowLocks {
  bool all = false;
  std::vector<std::string_view> names;

  [[nodiscard]] bool contains(std::string_view name) const {
    return all || std::find(names.begin(), names.end(), name) != names.end();
  }
};

/// Gathers what one query refers to.
class QueryCollector {
public:
  QueryCollector(Lowering &at, Query &query) : at_(at), query_(query) {}

  /// Leaves the table that the outermost statement writes out of the relations.
  void excludeTarget(const QueryTarget &target) {
    target_ = target;
    is_target_own_ = true;
  }
  void setTarget(const QueryTarget &target) { target_ = target; }
  /// OLD and NEW are those of the rule, also where its actions write.
  void setRule(const QueryTarget &target) {
    target_ = target;
    is_rule_ = true;
  }

  void statement(const ::Node *node, int scope, bool is_outermost);
  void walk(const ::Node *node, int scope);

private:
  int newScope(int parent) {
    query_.scopes.push_back(parent);
    return static_cast<int>(query_.scopes.size()) - 1;
  }
  [[nodiscard]] int parentOf(int scope) const { return query_.scopes[static_cast<size_t>(scope)]; }
  [[nodiscard]] bool isCte(const ::RangeVar &relation) const;

  void with(const ::WithClause *clause, int scope);
  void select(const ::SelectStmt &node, int scope, const RowLocks &outer, bool is_outermost);
  void arms(const ::SelectStmt &node, int scope, bool is_outermost);
  void values(const ::SelectStmt &node, int scope, bool is_outermost);
  void insert(const ::InsertStmt &node, int scope, bool is_outermost);
  void update(const ::UpdateStmt &node, int scope, bool is_outermost);
  void remove(const ::DeleteStmt &node, int scope, bool is_outermost);
  void merge(const ::MergeStmt &node, int scope, bool is_outermost);
  int writeTarget(const ::RangeVar *relation, int scope, bool is_outermost);
  void assignedColumn(const ::ResTarget &assigned, int relation, int scope);
  void assignments(const ::List *targets, int relation, int scope);

  int from(const ::Node *node, int scope, const RowLocks &locks);
  int relation(const ::RangeVar &node, int scope, const RowLocks &locks);
  int join(const ::JoinExpr &node, int scope, const RowLocks &locks);
  void addSource(const ::Alias *alias, std::string_view name, int relation, int scope);
  void fromAll(const ::List *items, int scope, const RowLocks &locks);

  void outputs(const ::List *targets, int scope, bool is_outermost);
  void walkAll(const ::List *list, int scope);
  /// ORDER BY and GROUP BY, whose bare names may mean output columns.
  void walkSorted(const ::List *list, const ::List *targets, int scope, bool only_outputs = false);
  void call(const ::FuncCall &node);
  void type(const ::TypeName *node);
  void column(const ::ColumnRef &node, int scope);
  void addColumn(std::string_view name, int relation, int scope, Range where);
  /// Whether a qualifier names something here; what, in `found`.
  [[nodiscard]] bool resolve(std::string_view schema, std::string_view name, int scope,
                             int &found) const;

  Lowering &at_;
  Query &query_;
  QueryTarget target_;
  bool is_target_own_ = false;
  bool is_rule_ = false;
  std::vector<Source> sources_;
};

} // namespace lockstep::sql
