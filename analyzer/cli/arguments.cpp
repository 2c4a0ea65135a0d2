#include "cli/arguments.hpp"

#include "base/text.hpp"
#include "cli/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lockstep {

static std::vector<std::string> valuesOf(const cl::list<std::string> &list) {
  return {list.begin(), list.end()};
}

InputArguments InputOptions::read(CommandLine &line, std::string_view color) const {
  InputArguments input;
  input.paths = valuesOf(paths);
  input.config = config;
  input.framework = framework;
  input.exclude = valuesOf(exclude);
  input.force_exclude = force_exclude;
  input.stdin_filename = stdin_filename;
  input.start_after = start_after;
  if (since.getNumOccurrences() > 0)
    input.since = since;
  input.staged = staged;
  if (staged && !since.empty())
    line.refuse("--since and --staged are two change sets: give one of them");
  input.unmatched_is_error = !no_error;
  if (!jobs.empty()) {
    const std::string &text = jobs.getValue();
    unsigned count = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (fault != std::errc() || end != text.data() + text.size() || count == 0 || count > 1000)
      line.refuse(format("--jobs takes a number from 1 to 1000, not '{}'", text));
    input.jobs = count;
  }
  if (!framework.empty()) {
    std::vector<std::string_view> known = frameworkNames();
    if (std::find(known.begin(), known.end(), framework.getValue()) == known.end())
      line.refuse(unknownWord("framework", framework.getValue(), known));
  }
  if (!execution.empty()) {
    input.execution = executionModelNamed(execution.getValue());
    if (!input.execution)
      line.refuse(unknownWord("execution model", execution.getValue(), executionNames()));
  }
  if (!postgres.empty()) {
    input.postgres = postgresVersionsNamed(postgres.getValue());
    if (!input.postgres)
      line.refuse(format("--postgres takes a version from 14 to 18, or a range such as 14..17, "
                         "not '{}'",
                         postgres.getValue()));
  }
  enum class Way { up, down, both };
  static constexpr std::array<Named<Way>, 3> ways{
      {{"up", Way::up}, {"down", Way::down}, {"both", Way::both}}};
  if (auto way = valueNamed(line, "direction", direction.getValue(), ways)) {
    input.up = *way != Way::down;
    input.down = *way != Way::up;
  }
  static constexpr std::array<Named<ColorChoice>, 3> choices{{{"auto", ColorChoice::automatic},
                                                              {"always", ColorChoice::always},
                                                              {"never", ColorChoice::never}}};
  if (auto choice = valueNamed(line, "value of --color", color, choices))
    input.color = *choice;
  return input;
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
      line.refuse(lockstep::format("--severity takes RULE=LEVEL, not '{}'", entry));
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
  check.selection.select = valuesOf(options.select);
  check.selection.extend_select = valuesOf(options.extend_select);
  check.selection.ignore = valuesOf(options.ignore);
  options.readSeverities(line, check.selection);
  if (!options.fail_on.empty()) {
    check.fail_on = failOnNamed(options.fail_on.getValue());
    if (!check.fail_on)
      line.refuse(unknownWord("severity", options.fail_on.getValue(), failOnNames()));
  }
  if (options.max_warnings.getNumOccurrences() > 0)
    check.max_warnings = options.max_warnings;
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
      line.refuse(lockstep::format("--diff takes VERSION..VERSION, not '{}'", range));
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

Parsed<PageArguments> parsePage(Words words, std::string_view command) {
  PageOptions options;
  CommandLine line = lineOf(options, command);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  PageArguments page;
  page.words = valuesOf(options.words);
  if (command != "explain" && !page.words.empty())
    line.refuse(lockstep::format("'{}' takes no further words", command));
  static constexpr std::array<Named<PageFormat>, 3> formats{
      {{"text", PageFormat::text}, {"json", PageFormat::json}, {"markdown", PageFormat::markdown}}};
  if (auto format = valueNamed(line, "format", options.format.getValue(), formats))
    page.format = *format;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(page), 0};
}

Parsed<BaselineArguments> parseBaseline(Words words) {
  BaselineOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  BaselineArguments baseline;
  baseline.input = options.input.read(line, "auto");
  std::vector<std::string> &paths = baseline.input.paths;
  static constexpr std::array<Named<BaselineAction>, 3> actions{{{"create", BaselineAction::create},
                                                                 {"update", BaselineAction::update},
                                                                 {"prune", BaselineAction::prune}}};
  if (paths.empty())
    line.refuse("baseline needs to be told what to do: create, update or prune");
  else if (auto action = valueNamed(line, "action", paths.front(), actions))
    baseline.action = *action;
  if (!paths.empty())
    paths.erase(paths.begin());
  if (options.file.getNumOccurrences() > 0)
    baseline.input.baseline = options.file;
  baseline.force = options.force;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(baseline), 0};
}

Parsed<ConfigArguments> parseConfig(Words words) {
  ConfigOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  ConfigArguments config;
  config.input = options.input.read(line, "auto");
  if (options.format != "text" && options.format != "json")
    line.refuse(unknownWord("format", options.format.getValue(),
                            std::array<std::string_view, 2>{"text", "json"}));
  config.json = options.format == "json";
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(config), 0};
}

Parsed<InitArguments> parseInit(Words words) {
  InitOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  InitArguments init;
  if (options.words.size() > 1)
    line.refuse("init takes one folder");
  if (!options.words.empty())
    init.folder = options.words[0];
  init.print = options.print;
  init.force = options.force;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(init), 0};
}

Parsed<std::vector<std::string>> parseWords(Words words, std::string_view command) {
  WordOptions options;
  CommandLine line = lineOf(options, command);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  return {valuesOf(options.words), 0};
}

} // namespace lockstep
