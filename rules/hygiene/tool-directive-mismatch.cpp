#include "engine/report.hpp"

namespace lockstep::rules {

static void check(const FileReading &reading, Report &report) {
  if (!reading.layout)
    return;
  for (const RunnerProblem &problem : reading.layout->problems)
    report.add(problem.where, problem.message).help("{}", problem.help);
}

extern constexpr Rule tool_directive_mismatch{
    .id = "tool-directive-mismatch",
    .category = Category::hygiene,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
