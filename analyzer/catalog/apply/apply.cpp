#include "catalog/apply/apply_op.hpp"

namespace lockstep {

/// Ops that change nothing before they could be refused, so that nothing need be kept to take back.
static bool isPlainData(const Op &op) {
  return std::holds_alternative<Insert>(op) || std::holds_alternative<Update>(op) ||
         std::holds_alternative<Delete>(op) || std::holds_alternative<Select>(op) ||
         std::holds_alternative<Merge>(op) || std::holds_alternative<Copy>(op) ||
         std::holds_alternative<NoEffect>(op) || std::holds_alternative<TransactionControl>(op) ||
         std::holds_alternative<Unmodelled>(op) || std::holds_alternative<SetVariable>(op);
}

ApplyResult apply(Catalog &catalog, const Statement &statement, const Origin &origin,
                  int postgres) {
  ApplyResult result;
  Change change(catalog, origin, postgres, result);
  if (statement.ops.size() == 1 && isPlainData(statement.ops.front())) {
    (void)applyOps(change, statement.ops);
    return result;
  }
  const Catalog before = catalog;
  if (!applyOps(change, statement.ops)) {
    catalog = before;
    result.created.clear();
    result.dropped.clear();
  }
  return result;
}

} // namespace lockstep
