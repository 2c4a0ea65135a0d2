#include "effects/facts/new_syntax.hpp"

#include "base/text.hpp"

#include <string>
#include <string_view>

namespace lockstep::effects {

namespace {
/// A piece of syntax, and the first major version whose grammar has it.
struct Syntax {
  std::string_view text;
  int since = 0;
};

constexpr Syntax nulls_not_distinct{"NULLS NOT DISTINCT", 15};
constexpr Syntax merge{"MERGE", 15};
constexpr Syntax set_expression{"ALTER COLUMN … SET EXPRESSION", 17};
constexpr Syntax virtual_column{"a VIRTUAL generated column", 18};
constexpr Syntax not_enforced{"NOT ENFORCED", 18};
constexpr Syntax not_null_constraint{"NOT NULL as a constraint of the table", 18};

class SyntaxChecker {
public:
  explicit SyntaxChecker(int postgres) : postgres_(postgres) {}

  std::optional<Refusal> operator()(const CreateTable &op) const {
    for (const ColumnDef &column : op.columns)
      if (auto refusal = ofColumn(column))
        return refusal;
    for (const ConstraintDef &constraint : op.constraints)
      if (auto refusal = ofConstraint(constraint))
        return refusal;
    return std::nullopt;
  }
  std::optional<Refusal> operator()(const AddColumn &op) const { return ofColumn(op.column); }
  std::optional<Refusal> operator()(const AddConstraint &op) const {
    return ofConstraint(op.constraint);
  }
  std::optional<Refusal> operator()(const CreateIndex &op) const {
    return op.nulls_not_distinct ? refused(nulls_not_distinct, op.where) : std::nullopt;
  }
  std::optional<Refusal> operator()(const SetGenerationExpression &op) const {
    return refused(set_expression, op.where);
  }
  std::optional<Refusal> operator()(const Merge &op) const { return refused(merge, op.where); }
  template <class Other> std::optional<Refusal> operator()(const Other &) const {
    return std::nullopt;
  }

private:
  [[nodiscard]] std::optional<Refusal> refused(const Syntax &syntax, Range where) const {
    if (postgres_ >= syntax.since)
      return std::nullopt;
    return Refusal{"42601",
                   format("syntax error: {} is new in PostgreSQL {}", syntax.text,
                          std::to_string(syntax.since)),
                   where,
                   {}};
  }
  [[nodiscard]] std::optional<Refusal> ofConstraint(const ConstraintDef &constraint) const {
    if (constraint.nulls_not_distinct)
      if (auto refusal = refused(nulls_not_distinct, constraint.where))
        return refusal;
    if (!constraint.enforced)
      if (auto refusal = refused(not_enforced, constraint.where))
        return refusal;
    if (constraint.kind == ConstraintKind::not_null && !constraint.is_inline)
      return refused(not_null_constraint, constraint.where);
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Refusal> ofColumn(const ColumnDef &column) const {
    for (const ConstraintDef &constraint : column.constraints)
      if (constraint.kind != ConstraintKind::not_null)
        if (auto refusal = ofConstraint(constraint))
          return refusal;
    if (column.generated == Generated::virtual_)
      return refused(virtual_column, column.where);
    return std::nullopt;
  }

  int postgres_;
};
} // namespace

std::optional<Refusal> refusedSyntax(const Op &op, int postgres) {
  return std::visit(SyntaxChecker(postgres), op);
}

} // namespace lockstep::effects
