#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static constexpr RuleOption enough{
    .name = "minutes",
    .value = 15,
    .least = 1,
    .meaning = "minutes that a build or a validation of a large table may take",
};
static constexpr int64_t milliseconds_a_minute = 60 * 1000;

static void reportShort(Range where, std::string_view what, std::string_view consequence,
                        const Step &step, Report &report) {
  Timeout timeout = timeoutAt(step.before(), "statement_timeout");
  if (!timeout.limits() || !timeout.milliseconds ||
      *timeout.milliseconds >= report.option(enough) * milliseconds_a_minute)
    return;
  report
      .add(where, "statement_timeout of {} ends {} on a large table before it is done{}",
           step.before().setting("statement_timeout").value_or(""), what, consequence)
      .help("SET statement_timeout = 0 before it: it does not block reads or writes");
}

static constexpr std::string_view leaves_invalid = ": an INVALID index stays behind";

static void checkIndex(const CreateIndex &op, const Step &step, Report &report) {
  if (op.concurrently && !step.effects.index_builds.empty())
    reportShort(op.where, "the concurrent build", leaves_invalid, step, report);
}

static void checkReindex(const Reindex &op, const Step &step, Report &report) {
  if (op.concurrently)
    reportShort(op.where, "REINDEX CONCURRENTLY", leaves_invalid, step, report);
}

static void checkValidate(const ValidateConstraint &op, const Step &step, Report &report) {
  if (!step.effects.scans.empty())
    reportShort(op.where, "VALIDATE CONSTRAINT", "", step, report);
}

static constexpr RuleOption options[] = {enough};

extern constexpr Rule concurrent_index_with_statement_timeout{
    .id = "concurrent-index-with-statement-timeout",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .options = options,
    .checks = {on<&checkIndex>, on<&checkReindex>, on<&checkValidate>},
};

} // namespace lockstep::rules
