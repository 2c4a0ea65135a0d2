#pragma once
#include "engine/rule.hpp"
#include "report/layer.hpp"
#include "session/check_result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

/// What formats need to know beside what was found.
struct ReportContext {
  std::string_view version;           ///< Of lockstep.
  int grammar = 0;                    ///< Major version of PostgreSQL's linked grammar.
  std::span<const Rule *const> rules; ///< Every rule that a finding may name.
  std::string_view (*page)(std::string_view rule) = nullptr; ///< A rule's page, Markdown.
  std::string docs_url;          ///< Where rules are documented, ends in "/"; may be empty.
  std::string working_directory; ///< Absolute.
  std::string repository_root;   ///< Absolute; the working directory where there is none.
  bool show_suppressed = false;
  bool statistics = false; ///< Text: only the counts.
  bool color = false;
  std::vector<std::string> next_steps; ///< Text: lines printed last.
};

/// The findings to print: suppressed ones only when asked for.
[[nodiscard]] std::vector<const Finding *> shownFindings(const CheckResult &result,
                                                         const ReportContext &context);
/// "3 statements analysed, 1 not".
[[nodiscard]] std::string coverageText(const Summary &summary);
/// The rule of a finding, or null.
[[nodiscard]] const Rule *ruleOf(const Finding &finding, const ReportContext &context);
/// Where a rule is documented; empty where nothing is published.
[[nodiscard]] std::string ruleUrl(std::string_view rule, const ReportContext &context);
/// `file` relative to the repository's root, '/'-separated; as it is where it lies outside.
[[nodiscard]] std::string repositoryPath(std::string_view file, const ReportContext &context);

} // namespace lockstep::report
