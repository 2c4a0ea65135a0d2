#pragma once
#include "cli/terminal.hpp"
#include "config/settings.hpp"
#include "report/format.hpp"
#include "session/session.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lockstep {

/// The words after the program's name and the command's.
using Words = std::span<const char *const>;

/// What every command that reads migrations can be told.
struct InputArguments {
  std::vector<std::string> paths;
  std::string config; ///< Empty: the nearest one.
  std::string framework;
  std::optional<ExecutionModel> execution;
  std::optional<PostgresVersions> postgres;
  std::vector<std::string> exclude;
  bool force_exclude = false;
  std::string stdin_filename;
  std::string start_after;
  std::optional<std::string> since; ///< Empty: no change set, whatever the configuration says.
  bool staged = false;
  bool up = true;
  bool down = false;
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
  SelectionRequest selection;
  std::optional<Severity> fail_on; ///< `off`: never.
  std::optional<unsigned> max_warnings;
  std::vector<ReportTarget> reports; ///< At least one.
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

/// What a command line came to: arguments, or the status to end with (help was printed, or a
/// complaint).
template <class Arguments> struct Parsed {
  std::optional<Arguments> arguments;
  int status = 0;
};

/// Each may be called once in a process.
[[nodiscard]] Parsed<CheckArguments> parseCheck(Words words);
[[nodiscard]] Parsed<EffectsArguments> parseEffects(Words words);
[[nodiscard]] Parsed<SchemaArguments> parseSchema(Words words);
/// For `command`, which takes what `usage` says beside options: nothing where it is empty.
[[nodiscard]] Parsed<PageArguments> parsePage(Words words, std::string_view command,
                                              std::string_view usage, std::string_view overview);

} // namespace lockstep
