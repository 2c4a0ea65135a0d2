#pragma once
#include "cli/layer.hpp"
#include "cli/terminal.hpp"
#include "report/formats/format.hpp"
#include "session/project.hpp"
#include "session/request.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::cli {

/// The words after the program's name and the command's.
using Words = std::span<const char *const>;

/// What every command that reads migrations can be told.
struct InputArguments : Request {
  bool unmatched_is_error = true;
  ColorChoice color = ColorChoice::automatic;
};

/// A further place that the report goes to.
struct ReportTarget {
  ReportFormat format = ReportFormat::text;
  std::string file; ///< "-": standard output.
};

struct CheckArguments {
  InputArguments input;
  std::optional<unsigned> max_warnings;
  std::vector<ReportTarget> reports; ///< At least one.
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
  bool show_suppressed = false;
  bool show_files = false;
  bool statistics = false;
  bool quiet = false;
};

enum class EffectsFormat { text, json };
struct EffectsArguments {
  InputArguments input;
  EffectsFormat format = EffectsFormat::text;
};

enum class SchemaFormat { sql, json };
struct SchemaArguments {
  InputArguments input;
  SchemaFormat format = SchemaFormat::sql;
  SchemaRequest request;
};

/// For commands that tell about lockstep itself.
enum class PageFormat { text, json, markdown };
struct PageArguments {
  std::vector<std::string> words;
  PageFormat format = PageFormat::text;
};

enum class BaselineAction { create, update, prune };
struct BaselineArguments {
  InputArguments input;
  BaselineAction action = BaselineAction::create;
  bool force = false;
};

struct ConfigArguments {
  InputArguments input;
  bool json = false;
};

struct InitArguments {
  std::string folder = ".";
  bool print = false;
  bool force = false;
};

/// What a command line came to: arguments, or the status to end with (help was printed, or a
/// complaint).
template <class Arguments> struct Parsed {
  std::optional<Arguments> arguments;
  int status = 0;
};

/// Only one of them may be called in a process, once.
[[nodiscard]] Parsed<CheckArguments> parseCheck(Words words);
[[nodiscard]] Parsed<EffectsArguments> parseEffects(Words words);
[[nodiscard]] Parsed<SchemaArguments> parseSchema(Words words);
[[nodiscard]] Parsed<BaselineArguments> parseBaseline(Words words);
[[nodiscard]] Parsed<ConfigArguments> parseConfig(Words words);
[[nodiscard]] Parsed<InitArguments> parseInit(Words words);
/// For rules, explain and version.
[[nodiscard]] Parsed<PageArguments> parsePage(Words words, std::string_view command);
/// For commands without options.
[[nodiscard]] Parsed<std::vector<std::string>> parseWords(Words words, std::string_view command);

/// An option as help, completions and manual tell it.
struct OptionDescription {
  std::string name;  ///< Without the dashes.
  std::string value; ///< "FILE"; empty where it takes none.
  std::string help;
  std::string group;
};
struct CommandDescription {
  std::string name;
  std::string usage; ///< What it takes beside options.
  std::string overview;
  std::vector<OptionDescription> options; ///< By group.
};
[[nodiscard]] std::string helpText(const CommandDescription &command);
[[nodiscard]] CommandDescription describeCheck();
[[nodiscard]] CommandDescription describeEffects();
[[nodiscard]] CommandDescription describeSchema();
[[nodiscard]] CommandDescription describeBaseline();
[[nodiscard]] CommandDescription describeConfig();
[[nodiscard]] CommandDescription describeInit();
[[nodiscard]] CommandDescription describePage(std::string_view command);
[[nodiscard]] CommandDescription describeWords(std::string_view command);
/// Every command's, in the order of the overview.
[[nodiscard]] std::vector<CommandDescription> describeCommands();

} // namespace lockstep::cli
