#include "engine/report.hpp"

namespace lockstep::rules {

static void check(const FileReading &reading, Report &report) {
  for (const ScriptProblem &problem : reading.problems) {
    // A server takes chains of operators and of UNION that are longer than what is looked into.
    if (problem.kind == ProblemKind::cut_short)
      continue;
    FindingBuilder finding = report.add(problem.where, problem.message);
    if (!problem.statement.empty())
      finding.help("the statement was not analysed; all others were");
  }
}

extern constexpr Rule syntax_error{
    .id = "syntax-error",
    .category = Category::hygiene,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
