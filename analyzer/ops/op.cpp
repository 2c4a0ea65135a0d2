#include "ops/op.hpp"

namespace lockstep {

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
      [](const auto &value) -> const AlterTarget * {
        if constexpr (requires { value.target.relation; })
          return &value.target;
        else
          return nullptr;
      },
      op);
}

} // namespace lockstep
