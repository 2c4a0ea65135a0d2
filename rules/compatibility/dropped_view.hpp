#pragma once
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/replacement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::rules {

/// Reports a view that is dropped, or that its transaction makes again without columns that it had.
/// `kind` is what messages call it, `to_change` how it is changed instead.
inline void reportDroppedView(const DropObject &op, const Step &step, Report &report,
                              std::string_view kind, std::string_view to_change) {
  const Relation *view = step.before().findRelation(op.name);
  if (!view && (op.if_exists || step.before().knowledgeOf(op.name) == Knowledge::absent))
    return;
  const StatementStep *replacement = replacementInTransaction(step, op.name);
  std::vector<std::string> lost;
  if (replacement && view)
    lost = lostColumns(*view, *replacement);
  if (replacement && lost.empty())
    return;
  bool one = lost.size() == 1;
  FindingBuilder finding =
      replacement
          ? report.add(op.where,
                       "{} '{}' is made again without {} as {} {}: code that reads {} breaks", kind,
                       shown(op.name), listed(lost), one ? "it" : "they", one ? "was" : "were",
                       one ? "it" : "them")
          : report.add(op.where, "dropping {} '{}' breaks code that still reads it", kind,
                       shown(op.name));
  finding.object(fullName(step, op.name));
  if (replacement)
    finding.help("keep the columns as they were and append new ones at the end, until no code "
                 "reads the old ones");
  else
    finding.help(
        "stop reading it in code, deploy, and drop it in a later release; to change it, {}",
        to_change);
  if (view)
    finding.label(view->origin, format("'{}' was created here", shown(op.name)));
}

} // namespace lockstep::rules
