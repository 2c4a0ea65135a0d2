#include "report/context.hpp"

#include "base/text.hpp"

#include <filesystem>

namespace lockstep::report {

std::vector<const Finding *> shownFindings(const CheckResult &result,
                                           const ReportContext &context) {
  std::vector<const Finding *> shown;
  for (const Finding &finding : result.findings)
    if (!finding.suppressed || context.show_suppressed)
      shown.push_back(&finding);
  return shown;
}

std::string coverageText(const Summary &summary) {
  std::string text = plural(summary.statements, "statement") + " analysed";
  if (summary.unanalyzed > 0)
    text += ", " + std::to_string(summary.unanalyzed) + " not";
  return text;
}

const Rule *ruleOf(const Finding &finding, const ReportContext &context) {
  for (const Rule *rule : context.rules)
    if (rule->id.text == finding.rule)
      return rule;
  return nullptr;
}

std::string ruleUrl(std::string_view rule, const ReportContext &context) {
  return context.docs_url.empty() ? std::string() : context.docs_url + std::string(rule);
}

std::string repositoryPath(std::string_view file, const ReportContext &context) {
  namespace fs = std::filesystem;
  fs::path absolute = (fs::path(context.working_directory) / fs::path(file)).lexically_normal();
  fs::path relative = absolute.lexically_relative(context.repository_root);
  if (relative.empty() || *relative.begin() == "..")
    return std::string(file);
  return relative.generic_string();
}

} // namespace lockstep::report
