#include "engine/report.hpp"
#include "engine/suppression.hpp"

namespace lockstep::rules {

static void check(const FileSuppressions &suppressions, Report &report) {
  for (const SuppressionComment &comment : suppressions.comments()) {
    if (comment.foreign)
      continue;
    if (comment.words.empty())
      report.add(comment.where, "this suppression names no rule")
          .help("write -- lockstep:ignore RULE: reason");
    for (const SuppressionComment::Word &word : comment.words)
      if (!word.known)
        report.add(word.where, word.problem).help("'lockstep rules' lists all rules");
  }
}

extern constexpr Rule unknown_rule_in_suppression{
    .id = "unknown-rule-in-suppression",
    .category = Category::hygiene,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
