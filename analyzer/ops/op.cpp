#include "ops/op.hpp"

namespace lockstep::ops {

Op::Op() = default;
Op::Op(const Op &other) = default;
Op::Op(Op &&other) noexcept = default;
Op &Op::operator=(const Op &other) = default;
Op &Op::operator=(Op &&other) noexcept = default;
Op::~Op() = default;

Statement::Statement() = default;
Statement::Statement(const Statement &other) = default;
Statement::Statement(Statement &&other) noexcept = default;
Statement &Statement::operator=(const Statement &other) = default;
Statement &Statement::operator=(Statement &&other) noexcept = default;
Statement::~Statement() = default;

Range whereOf(const Op &op) {
  return std::visit([](const auto &value) { return value.where; }, op);
}

const AlterTarget *alterTargetOf(const Op &op) {
  return std::visit(
      []<class Kind>(const Kind &value) -> const AlterTarget * {
        if constexpr (Kind::traits.subject == Subject::target)
          return &value.target;
        else
          return nullptr;
      },
      op);
}

const OpTraits &traitsOf(const Op &op) { return opTraits()[op.index()]; }

bool keepsSchema(const Op &op) {
  const Changes changes = traitsOf(op).changes;
  return changes != Changes::schema && changes != Changes::anything;
}

bool isRepeatable(const Op &op) {
  return std::visit(
      []<class Kind>(const Kind &value) {
        if constexpr (Kind::traits.repeats == Repeats::if_exists)
          return value.if_exists;
        else if constexpr (Kind::traits.repeats == Repeats::if_not_exists)
          return value.if_not_exists;
        else if constexpr (Kind::traits.repeats == Repeats::or_replace)
          return value.or_replace;
        else
          return Kind::traits.repeats == Repeats::freely;
      },
      op);
}

bool passesIfMissing(const Op &op) {
  return std::visit(
      []<class Kind>(const Kind &value) {
        if constexpr (Kind::traits.if_missing == IfMissing::if_exists)
          return value.if_exists;
        else if constexpr (Kind::traits.if_missing == IfMissing::target_if_exists)
          return value.target.if_exists;
        else
          return Kind::traits.if_missing == IfMissing::open;
      },
      op);
}

const QualifiedName *relationOf(const Op &op) {
  return std::visit(
      []<class Kind>(const Kind &value) -> const QualifiedName * {
        if constexpr (Kind::traits.subject == Subject::target)
          return &value.target.relation;
        else if constexpr (Kind::traits.subject == Subject::table)
          return &value.table;
        else
          return nullptr;
      },
      op);
}

const Query *plannedQueryOf(const Op &op) {
  return std::visit(
      []<class Kind>(const Kind &value) -> const Query * {
        if constexpr (Kind::traits.planned == Planned::yes)
          return &value.query;
        else
          return nullptr;
      },
      op);
}

} // namespace lockstep::ops
