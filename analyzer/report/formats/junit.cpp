#include "report/formats/junit.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"

#include <map>

namespace lockstep::report {

/// xmlEscape of each line, so that the text keeps its line breaks.
static std::string xmlLines(std::string_view text) {
  std::string result;
  for (std::string_view line : split(text, '\n'))
    result += (result.empty() ? "" : "\n") + xmlEscape(line);
  return result;
}

static std::string failureCase(const Finding &finding, Places &places) {
  Position start = places.span(finding.file, finding.range).start;
  std::string place = std::to_string(start.line) + ":" + std::to_string(start.column);
  std::string text = finding.file + ":" + place + ": " + finding.message;
  if (!finding.help.empty())
    text += "\n" + finding.help;
  return format("    <testcase classname=\"{}\" name=\"{} ({})\" file=\"{}\" line=\"{}\">\n"
                "      <failure type=\"{}\" message=\"{}\">{}</failure>\n"
                "    </testcase>\n",
                xmlEscape(finding.file), finding.rule, place, xmlEscape(finding.file),
                std::to_string(start.line), name(finding.severity), xmlEscape(finding.message),
                xmlLines(text));
}

std::string renderJunit(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  std::map<std::string, std::vector<const Finding *>> by_file;
  for (const std::string &file : result.files)
    by_file[file];
  for (const Finding *finding : shownFindings(result, context))
    by_file[finding->file].push_back(finding);

  size_t tests = 0, failures = 0;
  std::string cases;
  for (const auto &[file, findings] : by_file) {
    for (const Finding *finding : findings)
      cases += failureCase(*finding, places);
    if (findings.empty())
      cases += format("    <testcase classname=\"{}\" name=\"no findings\" file=\"{}\"/>\n",
                      xmlEscape(file), xmlEscape(file));
    tests += findings.empty() ? 1 : findings.size();
    failures += findings.size();
  }
  std::string counts =
      format("tests=\"{}\" failures=\"{}\"", std::to_string(tests), std::to_string(failures));
  return format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<testsuites name=\"lockstep\" {}>\n"
                "  <testsuite name=\"lockstep\" {} errors=\"0\" skipped=\"0\">\n"
                "{}"
                "    <system-out>{}</system-out>\n"
                "  </testsuite>\n"
                "</testsuites>\n",
                counts, counts, cases, coverageText(result.summary));
}

} // namespace lockstep::report
