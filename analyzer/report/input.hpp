#pragma once
#include "base/source_file.hpp"
#include "diag/finding.hpp"
#include "engine/rule.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// The files that findings and notices speak of, by path as shown to the user.
using SourceMap = std::map<std::string, std::shared_ptr<const SourceFile>>;

/// What a check looked at and what came of it, in numbers.
struct Summary {
  uint32_t files = 0;
  uint32_t migrations = 0;
  uint32_t statements = 0; ///< Analysed ones.
  uint32_t unanalyzed = 0; ///< Could not be parsed, or are not modelled.
  uint32_t errors = 0;
  uint32_t warnings = 0;
  uint32_t infos = 0;
  uint32_t suppressed = 0; ///< Counted in none of the three above.
};

/// A history that was read, and how it was recognised.
struct HistoryInfo {
  std::string path;
  std::string framework;
  std::string execution;
  std::string detected_by;
};

/// All that a check found.
struct CheckResult {
  std::vector<Finding> findings; ///< Sorted; suppressed ones too.
  std::vector<Notice> notices;
  Summary summary;
  std::vector<HistoryInfo> histories;
  std::vector<std::string> files; ///< Every file that was looked at, sorted.
  SourceMap sources;
};

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
/// Counts anew by severity into `summary`; suppressed findings apart.
void countFindings(std::span<const Finding> findings, Summary &summary);
/// The rule of a finding, or null.
[[nodiscard]] const Rule *ruleOf(const Finding &finding, const ReportContext &context);
/// Where a rule is documented; empty where nothing is published.
[[nodiscard]] std::string ruleUrl(std::string_view rule, const ReportContext &context);
/// `file` relative to the repository's root, '/'-separated; as it is where it lies outside.
[[nodiscard]] std::string repositoryPath(std::string_view file, const ReportContext &context);

} // namespace lockstep
