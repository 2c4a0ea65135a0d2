#include "engine/report.hpp"
#include "engine/suppression.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const FileSuppressions &suppressions, Report &report) {
  for (const SuppressionComment &comment : suppressions.comments())
    if (!comment.foreign && !comment.words.empty() && comment.reason.empty())
      report
          .add(comment.where, "this suppression gives no reason: nobody can tell later whether it "
                              "still holds")
          .help("-- lockstep:ignore {}: why it is safe here", comment.words.front().text);
}

extern constexpr Rule suppression_without_reason{
    .id = "suppression-without-reason",
    .category = Category::hygiene,
    .severity = Severity::info,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
