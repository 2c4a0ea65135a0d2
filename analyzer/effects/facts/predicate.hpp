#pragma once
#include "effects/facts/constant_value.hpp"
#include "effects/layer.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::effects {

enum class Comparison : uint8_t { less, less_equal, equal, greater_equal, greater, not_equal };

/// A condition on rows, in the form that PostgreSQL's prover works on: NOT pushed down to the
/// tests, IN and BETWEEN written out.
struct Predicate {
  enum class Kind : uint8_t { all_of, any_of, comparison, is_null, is_not_null, opaque };
  Kind kind = Kind::opaque;
  std::vector<Predicate> parts; ///< Of all_of and any_of; none: true resp. false.
  std::string subject;          ///< The column, or the text of the expression, that is tested.
  Comparison comparison = Comparison::equal;
  ConstantValue value;
  std::string text; ///< Of an opaque test: two of the same text are the same.
};

/// The catalog name of a column's type; empty if it is no column of the table.
using ColumnTypes = std::function<std::string(std::string_view column)>;

/// A boolean expression as a predicate.
[[nodiscard]] Predicate predicateOf(const Expression &expression, const ColumnTypes &types);
[[nodiscard]] Predicate negated(Predicate predicate);
[[nodiscard]] Predicate allOf(std::vector<Predicate> parts);
[[nodiscard]] Predicate anyOf(std::vector<Predicate> parts);

/// True where PostgreSQL proves that `given`, not being false, keeps `wanted` from being false
/// (predicate_implied_by with weak implication, predtest.c). Comparisons of the same subject with
/// constants imply each other as a btree's operators do.
[[nodiscard]] bool implies(const Predicate &given, const Predicate &wanted);

/// A canonical text of an expression: what two mentions of the same subject share.
[[nodiscard]] std::string subjectOf(const Expression &expression);

} // namespace lockstep::effects
