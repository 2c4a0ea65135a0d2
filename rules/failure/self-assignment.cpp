#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Update &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.table);
  // Such an UPDATE is the way to make a trigger run over the rows.
  if (!table || table->partial || !table->triggers.empty() || op.has_from)
    return;
  for (const Assignment &assignment : op.assignments) {
    const Expression &value = assignment.value;
    if (value.kind != ExpressionKind::column || value.name != assignment.column)
      return;
  }
  report
      .add(op.where, "this sets '{}' to what it is: each row of '{}' is written anew for nothing",
           op.assignments.empty() ? std::string() : op.assignments.front().column, shown(op.table))
      .object(fullName(step, op.table))
      .help("leave it out, or say what the column is to become");
}

extern constexpr Rule self_assignment{
    .id = "self-assignment",
    .category = Category::failure,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
