#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/replacement.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::view)
    return;
  const Relation *view = step.before().findRelation(op.name);
  if (!view && (op.if_exists || step.before().knowledgeOf(op.name) == Knowledge::absent))
    return;
  const StatementStep *replacement = replacementInTransaction(step, op.name);
  std::vector<std::string> lost;
  if (replacement && view)
    lost = lostColumns(*view, *replacement);
  if (replacement && lost.empty())
    return;
  FindingBuilder finding =
      replacement
          ? report.add(op.where,
                       "view '{}' is made again without {} as {} {}: code that reads {} breaks",
                       shown(op.name), listed(lost), lost.size() == 1 ? "it" : "they",
                       lost.size() == 1 ? "was" : "were", lost.size() == 1 ? "it" : "them")
          : report.add(op.where, "dropping view '{}' breaks code that still reads it",
                       shown(op.name));
  finding.object(fullName(step, op.name))
      .help("{}", replacement ? "keep the columns as they were and append new ones at the end, "
                                "until no code reads the old ones"
                              : "stop reading it in code, deploy, and drop it in a later release; "
                                "to change it, use CREATE "
                                "OR REPLACE VIEW, or drop and create it in one transaction");
  if (view)
    finding.label(view->origin, format("'{}' was created here", shown(op.name)));
}

extern constexpr Rule drop_view{
    .id = "drop-view",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
