#include "report/formats/checkstyle.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"

namespace lockstep::report {

std::string renderCheckstyle(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  const std::string *open = nullptr;
  for (const Finding *finding : shownFindings(result, context)) {
    if (!open || *open != finding->file) {
      text += open ? "  </file>\n" : "";
      text += format("  <file name=\"{}\">\n", xmlEscape(finding->file));
      open = &finding->file;
    }
    Position start = places.span(finding->file, finding->range).start;
    std::string message =
        finding->message + (finding->help.empty() ? "" : " (" + finding->help + ")");
    text += format("    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" "
                   "source=\"lockstep.{}\"/>\n",
                   std::to_string(start.line), std::to_string(start.column),
                   name(finding->severity), xmlEscape(message), finding->rule);
  }
  return text + (open ? "  </file>\n" : "") + "</checkstyle>\n";
}

} // namespace lockstep::report
