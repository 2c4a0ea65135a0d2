#include "ops/op.hpp"

namespace lockstep {

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
