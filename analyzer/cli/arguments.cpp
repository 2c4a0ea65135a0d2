#include "cli/arguments.hpp"

#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/input_options.hpp"

#include <llvm/Support/CommandLine.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace lockstep::cli {

namespace cl = llvm::cl;

static std::optional<unsigned> numberIn(std::string_view text) {
  unsigned number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

static std::vector<std::string> valuesOf(const cl::list<std::string> &list) {
  return {list.begin(), list.end()};
}

namespace {
struct ColorOption {
  cl::opt<std::string> color;
  explicit ColorOption(cl::OptionCategory &group)
      : color("color", cl::value_desc("auto|always|never"), cl::init("auto"), cl::cat(group),
              cl::desc("colours; auto")) {}
};

struct CheckOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory rules{"Rules"};
  cl::list<std::string> select{"select", cl::value_desc("RULES"), cl::cat(rules),
                               cl::CommaSeparated,
                               cl::desc("presets, categories or rules; recommended")};
  cl::list<std::string> extend_select{"extend-select", cl::value_desc("RULES"), cl::cat(rules),
                                      cl::CommaSeparated, cl::desc("these too")};
  cl::list<std::string> ignore{"ignore", cl::value_desc("RULES"), cl::cat(rules),
                               cl::CommaSeparated, cl::desc("all but these")};
  cl::list<std::string> severity{"severity", cl::value_desc("RULE=LEVEL"), cl::cat(rules),
                                 cl::CommaSeparated, cl::desc("error, warning, info or off")};
  cl::opt<std::string> fail_on{"fail-on", cl::value_desc("LEVEL"), cl::cat(rules),
                               cl::desc("what makes the exit status 1: error, warning, info or "
                                        "never; error")};
  cl::opt<std::string> max_warnings{"max-warnings", cl::value_desc("N"), cl::cat(rules),
                                    cl::desc("more warnings make it 1, too")};

  cl::opt<std::string> baseline{"baseline", cl::value_desc("FILE"), cl::cat(rules),
                                cl::desc("leave out the findings that it holds; else the nearest "
                                         ".lockstep-baseline.json; empty: none")};

  cl::OptionCategory fixes{"Fixes"};
  cl::opt<bool> fix{"fix", cl::cat(fixes),
                    cl::desc("mend what can be mended safely, in named files, or in what "
                             "--since or --start-after says is new")};
  cl::opt<bool> unsafe_fixes{"unsafe-fixes", cl::cat(fixes),
                             cl::desc("with --fix or --diff: what needs a look afterwards, too")};
  cl::opt<bool> diff{"diff", cl::cat(fixes),
                     cl::desc("print what --fix would change, and change nothing; the exit "
                              "status is 1 where it would")};

  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::cat(output),
                              cl::desc("text, concise, json, jsonl, sarif, github, gitlab, junit, "
                                       "checkstyle, rdjson, markdown or html")};
  cl::list<std::string> targets{"output", cl::value_desc("[FORMAT=]FILE"), cl::cat(output),
                                cl::desc("write the report there; with a format, one more")};
  ColorOption color{output};
  cl::opt<bool> show_suppressed{"show-suppressed", cl::cat(output),
                                cl::desc("list suppressed findings, too")};
  cl::opt<bool> show_files{"show-files", cl::cat(output),
                           cl::desc("list the files that would be checked, and end")};
  cl::opt<bool> statistics{"statistics", cl::cat(output), cl::desc("only count findings")};
  cl::opt<bool> quiet{"quiet", cl::cat(output), cl::desc("only what makes the check fail")};

  void readSeverities(CommandLine &line, SelectionRequest &selection) const;
  [[nodiscard]] std::vector<ReportTarget> readTargets(CommandLine &line) const;
};

struct EffectsOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::init("text"), cl::cat(output),
                              cl::desc("text or json")};
  ColorOption color{output};
};

struct SchemaOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::init("sql"), cl::cat(output),
                              cl::desc("sql or json")};
  cl::opt<std::string> at{"at", cl::value_desc("VERSION"), cl::cat(output),
                          cl::desc("as it is after this migration; else at the end")};
  cl::opt<std::string> diff{"diff", cl::value_desc("VERSION..VERSION"), cl::cat(output),
                            cl::desc("what changes from after the one to after the other")};
};
} // namespace

static CommandLine lineOf(const CheckOptions &) {
  CommandLine line(
      "check", "[PATHS]",
      "Finds what would break running code or block traffic in files, folders or\n"
      "standard input (-). Without paths: the configured histories, else this folder.");
  line.show("Input");
  line.show("Rules");
  line.show("Fixes");
  line.show("Output");
  return line;
}

static CommandLine lineOf(const EffectsOptions &) {
  CommandLine line("effects", "[PATHS]",
                   "Tells what each statement locks, rewrites and scans, and until when.");
  line.show("Input");
  line.show("Output");
  return line;
}

static CommandLine lineOf(const SchemaOptions &) {
  CommandLine line(
      "schema", "[PATHS]",
      "Tells the schema that a history leaves behind, as SQL that loads into an empty\n"
      "database.");
  line.show("Input");
  line.show("Output");
  return line;
}

static std::optional<ReportFormat> formatNamed(CommandLine &line, std::string_view word) {
  auto found = reportFormatNamed(word);
  if (!found)
    line.refuse(unknownWord("format", word, reportFormatNames()));
  return found;
}

void CheckOptions::readSeverities(CommandLine &line, SelectionRequest &selection) const {
  static constexpr std::array<Named<Severity>, 4> levels{{{"error", Severity::error},
                                                          {"warning", Severity::warning},
                                                          {"info", Severity::info},
                                                          {"off", Severity::off}}};
  for (const std::string &entry : severity) {
    size_t equals = entry.find('=');
    if (equals == std::string::npos) {
      line.refuse(base::format("--severity takes RULE=LEVEL, not '{}'", entry));
      return;
    }
    if (auto level = valueNamed(line, "severity", entry.substr(equals + 1), levels))
      selection.severities.emplace_back(entry.substr(0, equals), *level);
  }
}

/// "FILE" takes the report of --format away from standard output; "FORMAT=FILE" is one more,
/// which takes standard output where FILE is "-".
std::vector<ReportTarget> CheckOptions::readTargets(CommandLine &line) const {
  ReportFormat main = ReportFormat::text;
  if (!format.empty())
    main = formatNamed(line, format.getValue()).value_or(main);
  bool is_out_free = true;
  std::vector<ReportTarget> reports;
  for (const std::string &target : targets) {
    size_t equals = target.find('=');
    std::string_view word = std::string_view(target).substr(0, equals);
    bool has_format = equals != std::string::npos &&
                      (reportFormatNamed(word) || !nearest(word, reportFormatNames()).empty());
    ReportTarget report{main, target};
    if (has_format)
      report = {formatNamed(line, word).value_or(main), target.substr(equals + 1)};
    if (report.file.empty())
      line.refuse("--output needs a file");
    if (report.file == "-" && !is_out_free)
      line.refuse("two reports cannot both go to standard output");
    if (report.file == "-" || !has_format)
      is_out_free = false;
    reports.push_back(std::move(report));
  }
  if (is_out_free)
    reports.push_back({main, "-"});
  return reports;
}

Parsed<CheckArguments> parseCheck(Words words) {
  CheckOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  CheckArguments check;
  check.input = options.input.read(line, options.color.color.getValue());
  check.input.selection.select = valuesOf(options.select);
  check.input.selection.extend_select = valuesOf(options.extend_select);
  check.input.selection.ignore = valuesOf(options.ignore);
  options.readSeverities(line, check.input.selection);
  if (!options.fail_on.empty()) {
    check.input.fail_on = failOnNamed(options.fail_on.getValue());
    if (!check.input.fail_on)
      line.refuse(unknownWord("severity", options.fail_on.getValue(), failOnNames()));
  }
  if (options.max_warnings.getNumOccurrences() > 0) {
    check.max_warnings = numberIn(options.max_warnings.getValue());
    if (!check.max_warnings)
      line.refuse(
          base::format("--max-warnings takes a number, not '{}'", options.max_warnings.getValue()));
  }
  if (options.baseline.getNumOccurrences() > 0)
    check.input.baseline = options.baseline;
  check.reports = options.readTargets(line);
  check.fix = options.fix;
  check.unsafe_fixes = options.unsafe_fixes;
  check.diff = options.diff;
  if (check.unsafe_fixes && !check.fix && !check.diff)
    line.refuse("--unsafe-fixes says which fixes --fix and --diff take: give one of them");
  if ((check.fix || check.diff) && check.input.staged)
    line.refuse("--staged reads git's index, which is not edited: use --since HEAD");
  if (check.fix && !check.diff &&
      std::count(check.input.paths.begin(), check.input.paths.end(), "-"))
    line.refuse("standard input cannot be edited: use --diff");
  check.show_suppressed = options.show_suppressed;
  check.show_files = options.show_files;
  check.statistics = options.statistics;
  check.quiet = options.quiet;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(check), 0};
}

Parsed<EffectsArguments> parseEffects(Words words) {
  EffectsOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  EffectsArguments effects;
  effects.input = options.input.read(line, options.color.color.getValue());
  static constexpr std::array<Named<EffectsFormat>, 2> formats{
      {{"text", EffectsFormat::text}, {"json", EffectsFormat::json}}};
  if (auto format = valueNamed(line, "format", options.format.getValue(), formats))
    effects.format = *format;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(effects), 0};
}

Parsed<SchemaArguments> parseSchema(Words words) {
  SchemaOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  SchemaArguments schema;
  schema.input = options.input.read(line, "auto");
  static constexpr std::array<Named<SchemaFormat>, 3> formats{
      {{"sql", SchemaFormat::sql}, {"text", SchemaFormat::sql}, {"json", SchemaFormat::json}}};
  if (auto format = valueNamed(line, "format", options.format.getValue(), formats))
    schema.format = *format;
  schema.request.at = options.at;
  if (!options.diff.empty()) {
    const std::string &range = options.diff.getValue();
    const size_t dots = range.find("..");
    if (dots == std::string::npos || range == "..")
      line.refuse(base::format("--diff takes VERSION..VERSION, not '{}'", range));
    else if (!options.at.empty())
      line.refuse("--at and --diff exclude each other");
    else if (schema.format == SchemaFormat::json)
      line.refuse("--diff is told as text; leave out --format json");
    else
      schema.request = {range.substr(dots + 2), true, range.substr(0, dots)};
  }
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(schema), 0};
}

CommandDescription describeCheck() {
  CheckOptions options;
  return lineOf(options).describe();
}

CommandDescription describeEffects() {
  EffectsOptions options;
  return lineOf(options).describe();
}

CommandDescription describeSchema() {
  SchemaOptions options;
  return lineOf(options).describe();
}

} // namespace lockstep::cli
