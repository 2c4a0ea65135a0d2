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

/// Whether the timeout holds and is shorter than what it would end may take.
static bool isShort(std::string_view setting, const Step &step, const Report &report) {
  Timeout timeout = timeoutAt(step.before(), setting);
  return timeout.limits() && timeout.milliseconds &&
         *timeout.milliseconds < report.option(enough) * milliseconds_a_minute;
}

static void reportShort(Range where, std::string_view what, std::string_view consequence,
                        const Step &step, Report &report) {
  if (isShort("statement_timeout", step, report))
    report
        .add(where, "statement_timeout of {} ends {} on a large table before it is done{}",
             step.before().setting("statement_timeout").value_or(""), what, consequence)
        .help("SET statement_timeout = 0 before it: it does not block reads or writes");
}

static constexpr std::string_view leaves_invalid = ": an INVALID index stays behind";

/// A concurrent build waits for each transaction that is older than it as for a lock.
static void reportBuild(Range where, std::string_view what, const Step &step, Report &report) {
  reportShort(where, what, leaves_invalid, step, report);
  if (isShort("lock_timeout", step, report))
    report
        .add(where,
             "{} waits for all older transactions; lock_timeout of {} ends it where one takes "
             "longer{}",
             what, step.before().setting("lock_timeout").value_or(""), leaves_invalid)
        .help("SET lock_timeout = 0 before it: it does not block reads or writes");
}

static void checkIndex(const CreateIndex &op, const Step &step, Report &report) {
  if (op.concurrently && !step.effects.index_builds.empty())
    reportBuild(op.where, "the concurrent build", step, report);
}

static void checkReindex(const Reindex &op, const Step &step, Report &report) {
  if (op.concurrently)
    reportBuild(op.where, "REINDEX CONCURRENTLY", step, report);
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
