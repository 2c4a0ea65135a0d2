#include "base/path.hpp"
#include "base/pg/version.hpp"
#include "base/text.hpp"
#include "base/write_file.hpp"
#include "cli/commands.hpp"
#include "config/find.hpp"
#include "history/discovery.hpp"
#include "history/files/disk.hpp"
#include "history/files/git.hpp"
#include "report/escape.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <span>

namespace lockstep::cli {

/// A double-quoted scalar, of which all can be seen. Its escapes are JSON's but for what 16 bits do
/// not hold (YAML 1.2, section 5.7).
static std::string doubleQuoted(std::string_view text) {
  std::string quoted = "\"";
  for (size_t at = 0; at < text.size(); at += decodeUtf8(text, at).bytes) {
    const CodePoint point = decodeUtf8(text, at);
    const std::string_view own = text.substr(at, point.bytes);
    if (own == "\"" || own == "\\")
      quoted += "\\" + std::string(own);
    else if (printableAt(text, at) == own)
      quoted += own;
    else if (point.value > 0xFFFF)
      quoted += "\\U" + hexadecimal(point.value, 8);
    else
      quoted += "\\u" + hexadecimal(point.value, 4);
  }
  return quoted + "\"";
}

/// A YAML scalar for a path.
static std::string quoted(std::string_view text) {
  if (text.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.-") ==
          std::string_view::npos &&
      !text.starts_with('-'))
    return std::string(text);
  if (printable(text) != text)
    return doubleQuoted(text);
  std::string result = "'";
  for (char c : text)
    result += c == '\'' ? std::string("''") : std::string(1, c);
  return result + "'";
}

static std::string historyText(const History &history, const std::string &folder) {
  std::string text = "  - path: " + quoted(relativeTo(history.path, folder)) +
                     "\n    framework: " + history.framework + "   # " +
                     printable(history.detected_by) + "\n";
  if (history.execution == ExecutionModel::unknown)
    text += "    # How these files are run is not known; some checks wait for it: tx-file (one\n"
            "    # transaction around each file), autocommit, implicit, pipeline or tx-all.\n"
            "    # execution: tx-file\n";
  else
    text += "    # execution: " + std::string(name(history.execution)) +
            "   # what the framework does by itself\n";
  return text + "    # base_schema: schema.sql   # a pg_dump that the history starts from\n";
}

/// The branch that work is merged into, where the repository shows one.
static std::string mainBranch(const std::string &folder) {
  Result<GitRepository> repository = GitRepository::at(folder);
  for (const char *name : {"origin/HEAD", "origin/main", "origin/master", "main", "master"})
    if (repository && repository->sharesHistoryWith(name))
      return std::string(name) == "origin/HEAD" ? "origin/main" : name;
  return "origin/main";
}

static Result<std::string> configText(const std::string &folder) {
  Disk disk{Enclosure(std::span(&folder, 1))};
  const FileReader read = [&](const std::string &path) { return disk.read(path); };
  Result<Discovery> discovery = discover({folder}, DiscoveryOptions(), read);
  if (!discovery)
    return discovery.error();
  std::string text = "# What lockstep checks here. `lockstep config` tells what holds and where it "
                     "came from.\n\n" +
                     format("# The servers that the migrations must run on: {}.\npostgres: {}\n\n",
                            knownPostgres(), std::to_string(default_postgres));
  std::string histories;
  for (const auto &[history, wanted] : discovery->histories)
    histories += historyText(history, folder);
  if (histories.empty())
    text += "# No migrations were found; say where they are:\n# histories:\n"
            "#   - path: db/migrations\n#     framework: goose\n";
  else
    text += "# The series of migrations, as they were found.\nhistories:\n" + histories;
  text += "\n# Report only on what is not merged yet. `--since=` checks everything.\n# since: " +
          mainBranch(folder) +
          "\n\n# Presets (recommended, strict, all), categories and rules: see `lockstep rules`.\n"
          "select: [recommended]\n"
          "# ignore: [delete-without-where]\n"
          "# severity: {unbatched-backfill: warning}\n\n"
          "# What makes the check fail: error, warning, info or never.\n"
          "fail_on: error\n\n"
          "# Files to leave out, as in .gitignore.\n# exclude: [seed/**]\n\n"
          "# Rules for some files only.\n# overrides:\n#   - paths: [legacy/**]\n"
          "#     ignore: [locking]\n\n"
          "# Findings in files that were applied and must not be edited.\n# suppressions:\n"
          "#   - rule: drop-column\n#     version: '0042'\n#     reason: nobody reads it\n"
          "#     until: 2030-01-01\n\n"
          "# What the migrations' sessions start with, as their role or database sets it.\n"
          "# session: {lock_timeout: 5s, timezone: UTC}\n\n"
          "# Sizes of tables: findings about the time of a statement follow them.\n"
          "# tables: {large: [orders], small: [countries]}\n"
          "# stats: table-stats.json   # measured on a server; the README has the query\n";
  return text;
}

int initCommand(const Tool &, Words words) {
  Parsed<InitArguments> parsed = parseInit(words);
  if (!parsed.arguments)
    return parsed.status;
  const InitArguments &init = *parsed.arguments;
  std::string folder = displayPath(init.folder);
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    complain(format("{} is no folder", folder));
    return 2;
  }
  std::string path = joinPath(folder, config_name);
  if (!init.print && !init.force && std::filesystem::exists(path, ignored)) {
    complain(format("{} is there already: --force replaces it, --stdout prints a new one", path));
    return 2;
  }
  Result<std::string> text = configText(folder);
  if (!text) {
    complain(text.error().message);
    return 2;
  }
  if (init.print)
    return writeOut(Channel::text, std::move(*text)) ? 0 : 2;
  if (Status written = writeFile(path, *text); !written) {
    complain(written.error().message);
    return 2;
  }
  return writeOut(Channel::text, "wrote " + printable(path) + "\n") ? 0 : 2;
}

} // namespace lockstep::cli
