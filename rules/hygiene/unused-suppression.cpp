#include "engine/report.hpp"
#include "engine/suppression.hpp"

namespace lockstep::rules {

static void check(const FileSuppressions &suppressions, Report &report) {
  for (const SuppressionComment &comment : suppressions.comments()) {
    if (comment.foreign)
      continue;
    for (const SuppressionComment::Word &word : comment.words) {
      if (!word.known || !word.selected || word.used)
        continue;
      report.add(word.where, "this suppression of '{}' suppresses nothing", word.text)
          .help("remove it")
          .fix("remove the suppression", FixSafety::safe, {comment.where, ""});
    }
  }
}

static constexpr std::string_view aliases[] = {"squawk:unused-ignore"};

extern constexpr Rule unused_suppression{
    .id = "unused-suppression",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
