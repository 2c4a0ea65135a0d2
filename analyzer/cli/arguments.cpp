#include "cli/arguments.hpp"

#include "base/text.hpp"
#include "config/config.hpp"

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <array>

namespace lockstep {

namespace cl = llvm::cl;

static std::vector<std::string> valuesOf(const cl::list<std::string> &list) {
  return {list.begin(), list.end()};
}

namespace {
/// Options of one command. Values are looked up and checked here, so that mistakes are told in one
/// voice; the first one ends the command.
class CommandLine {
public:
  CommandLine(std::string_view command, std::string_view usage, std::string_view overview)
      : command_(command), usage_(usage), overview_(overview) {}

  cl::OptionCategory &group(cl::OptionCategory &category) {
    groups_.push_back(&category);
    return category;
  }

  /// False where the command is over; status() says how.
  bool parse(Words words) {
    std::string program = "lockstep " + std::string(command_);
    std::vector<const char *> argv{program.c_str()};
    argv.insert(argv.end(), words.begin(), words.end());
    // No option has a single dash, so that asking for help never depends on the rest being right.
    for (const char *word : words) {
      std::string_view text = word;
      if (text == "--")
        break;
      if (text == "--help" || text == "-h") {
        status_ = writeOut(help()) ? 0 : 2;
        return false;
      }
    }
    bool valid =
        cl::ParseCommandLineOptions(static_cast<int>(argv.size()), argv.data(), "", &llvm::errs());
    if (!valid)
      status_ = 2;
    return valid;
  }

  void refuse(std::string_view message) {
    if (status_ == 0)
      complain(message);
    status_ = 2;
  }
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] bool failed() const { return status_ != 0; }

private:
  std::string help() const {
    std::string text = std::string(overview_) + "\n\nUsage: lockstep " + std::string(command_) +
                       " [OPTIONS]" + (usage_.empty() ? "" : " ") + std::string(usage_) + "\n";
    llvm::StringMap<cl::Option *> &options = cl::getRegisteredOptions();
    for (const cl::OptionCategory *group : groups_) {
      std::vector<const cl::Option *> members;
      for (const auto &entry : options)
        if (std::find(entry.second->Categories.begin(), entry.second->Categories.end(), group) !=
            entry.second->Categories.end())
          members.push_back(entry.second);
      std::sort(members.begin(), members.end(),
                [](const cl::Option *a, const cl::Option *b) { return a->ArgStr < b->ArgStr; });
      text += "\n" + group->getName().str() + ":\n";
      for (const cl::Option *option : members) {
        std::string left = "  --" + option->ArgStr.str();
        if (!option->ValueStr.empty())
          left += " " + option->ValueStr.str();
        left.resize(std::max<size_t>(left.size() + 2, 34), ' ');
        text += left + option->HelpStr.str() + "\n";
      }
    }
    return text;
  }

  std::string_view command_;
  std::string_view usage_;
  std::string_view overview_;
  std::vector<const cl::OptionCategory *> groups_;
  int status_ = 0;
};

/// Drops the options that LLVM's own library brings along; must come before ours are made.
struct NoForeignOptions {
  NoForeignOptions() {
    (void)cl::getRegisteredOptions();
    cl::ResetCommandLineParser();
  }
};

template <class Enum> struct Named {
  std::string_view name;
  Enum value;
};

/// The value that `word` names; complains and returns nothing otherwise.
template <class Enum, size_t N>
std::optional<Enum> valueNamed(CommandLine &line, std::string_view kind, std::string_view word,
                               const std::array<Named<Enum>, N> &values) {
  std::vector<std::string_view> known;
  for (const Named<Enum> &value : values) {
    if (value.name == word)
      return value.value;
    known.push_back(value.name);
  }
  line.refuse(unknownWord(kind, word, known));
  return std::nullopt;
}

struct InputOptions {
  cl::OptionCategory group{"Input"};
  cl::list<std::string> paths{cl::Positional, cl::desc("[PATHS]")};
  cl::opt<std::string> config{"config", cl::value_desc("FILE"), cl::cat(group),
                              cl::desc("read this instead of the nearest .lockstep.yaml")};
  cl::opt<std::string> framework{"framework", cl::value_desc("NAME"), cl::cat(group),
                                 cl::desc("the tool that runs the migrations; else detected")};
  cl::opt<std::string> execution{
      "execution", cl::value_desc("MODEL"), cl::cat(group),
      cl::desc("tx-all, tx-file, implicit, pipeline, autocommit or unknown")};
  cl::opt<std::string> postgres{"postgres", cl::value_desc("N[..M]"), cl::cat(group),
                                cl::desc("the servers that it must run on, 14 to 18; 15")};
  cl::list<std::string> exclude{"exclude", cl::value_desc("GLOB"), cl::cat(group),
                                cl::CommaSeparated, cl::desc("leave out what matches")};
  cl::opt<bool> force_exclude{"force-exclude", cl::cat(group),
                              cl::desc("leave it out even where it is named")};
  cl::opt<std::string> stdin_filename{"stdin-filename", cl::value_desc("PATH"), cl::cat(group),
                                      cl::desc("where the text of - stands")};
  cl::opt<std::string> since{"since", cl::value_desc("REVISION"), cl::cat(group),
                             cl::desc("report only on what is new since then, from the merge base "
                                      "to the working tree")};
  cl::opt<bool> staged{"staged", cl::cat(group),
                       cl::desc("report only on what git's index holds, as it stands there")};
  cl::opt<std::string> start_after{"start-after", cl::value_desc("VERSION"), cl::cat(group),
                                   cl::desc("report only on later migrations")};
  cl::opt<std::string> direction{"direction", cl::value_desc("up|down|both"), cl::init("up"),
                                 cl::cat(group), cl::desc("which parts of migrations; up")};
  cl::opt<bool> no_error{"no-error-on-unmatched-pattern", cl::cat(group),
                         cl::desc("a path with nothing to check is no error")};

  InputArguments read(CommandLine &line, std::string_view color) const {
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
};

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
  cl::opt<unsigned> max_warnings{"max-warnings", cl::value_desc("N"), cl::cat(rules),
                                 cl::desc("more warnings make it 1, too")};

  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::cat(output),
                              cl::desc("text, concise, json, jsonl, sarif, github, gitlab, junit, "
                                       "checkstyle, rdjson or markdown")};
  cl::list<std::string> targets{"output", cl::value_desc("[FORMAT=]FILE"), cl::cat(output),
                                cl::desc("write the report there; with a format, one more")};
  ColorOption color{output};
  cl::opt<bool> show_suppressed{"show-suppressed", cl::cat(output),
                                cl::desc("list suppressed findings, too")};
  cl::opt<bool> show_files{"show-files", cl::cat(output),
                           cl::desc("list the files that would be checked, and end")};
  cl::opt<bool> statistics{"statistics", cl::cat(output), cl::desc("only count findings")};
  cl::opt<bool> quiet{"quiet", cl::cat(output), cl::desc("only what makes the check fail")};

  void readSeverities(CommandLine &line, SelectionRequest &selection) const {
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

  std::optional<ReportFormat> formatNamed(CommandLine &line, std::string_view word) const {
    auto found = reportFormatNamed(word);
    if (!found)
      line.refuse(unknownWord("format", word, reportFormatNames()));
    return found;
  }

  /// "FILE" takes the report of --format away from standard output; "FORMAT=FILE" is one more,
  /// which takes standard output where FILE is "-".
  std::vector<ReportTarget> readTargets(CommandLine &line) const {
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

struct PageOptions {
  NoForeignOptions first;
  cl::OptionCategory output{"Output"};
  cl::list<std::string> words{cl::Positional, cl::desc("[RULES]")};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::init("text"), cl::cat(output),
                              cl::desc("text, json or markdown")};
};
} // namespace

Parsed<CheckArguments> parseCheck(Words words) {
  CheckOptions options;
  CommandLine line(
      "check", "[PATHS]",
      "Finds what would break running code or block traffic in files, folders or\n"
      "standard input (-). Without paths: the configured histories, else this folder.");
  for (cl::OptionCategory *group : {&options.input.group, &options.rules, &options.output})
    line.group(*group);
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
  check.reports = options.readTargets(line);
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
  CommandLine line("effects", "[PATHS]",
                   "Tells what each statement locks, rewrites and scans, and until when.");
  for (cl::OptionCategory *group : {&options.input.group, &options.output})
    line.group(*group);
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
  CommandLine line(
      "schema", "[PATHS]",
      "Tells the schema that a history leaves behind, as SQL that loads into an empty\n"
      "database.");
  for (cl::OptionCategory *group : {&options.input.group, &options.output})
    line.group(*group);
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

Parsed<PageArguments> parsePage(Words words, std::string_view command, std::string_view usage,
                                std::string_view overview) {
  PageOptions options;
  CommandLine line(command, usage, overview);
  line.group(options.output);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  PageArguments page;
  page.words = valuesOf(options.words);
  if (usage.empty() && !page.words.empty())
    line.refuse(lockstep::format("'{}' takes no further words", command));
  static constexpr std::array<Named<PageFormat>, 3> formats{
      {{"text", PageFormat::text}, {"json", PageFormat::json}, {"markdown", PageFormat::markdown}}};
  if (auto format = valueNamed(line, "format", options.format.getValue(), formats))
    page.format = *format;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(page), 0};
}

} // namespace lockstep
