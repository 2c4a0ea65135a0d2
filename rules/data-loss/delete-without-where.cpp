#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

static void check(const Delete &op, const Step &step, Report &report) {
  if (op.has_using || !isTautology(op.condition.get(), step.before().findRelation(op.table)))
    return;
  report.add(op.where, "this deletes every row of '{}': it has no condition", shown(op.table))
      .object(fullName(step, op.table))
      .help("add a WHERE that names the rows to delete, and delete them in batches");
}

static constexpr std::string_view aliases[] = {"pgls:banDeleteWithoutWhere"};

extern constexpr Rule delete_without_where{
    .id = "delete-without-where",
    .category = Category::data_loss,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
