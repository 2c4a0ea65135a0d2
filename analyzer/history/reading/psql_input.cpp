#include "history/reading/psql_input.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "history/reading/scan.hpp"
#include "sql/text/lexer.hpp"
#include "sql/text/psql_mask.hpp"

#include <optional>
#include <set>

namespace lockstep::history {

namespace {
/// A file as \i or \ir names it.
struct Included {
  std::string written;
  bool is_relative = false; ///< To the script, not to psql's working directory.
};
} // namespace

/// The file that a meta-command includes; nullopt for all others, and where only psql's variables
/// know the name.
static std::optional<Included> includedBy(std::string_view command) {
  if (!command.starts_with('\\'))
    return std::nullopt;
  std::string_view name = command.substr(1, command.find_first_of(" \t") - 1);
  bool is_relative = name == "ir" || name == "include_relative";
  if (!is_relative && name != "i" && name != "include")
    return std::nullopt;
  std::string_view written = trim(command.substr(1 + name.size()));
  if (written.size() >= 2 && written.front() == '\'' && written.back() == '\'')
    written = written.substr(1, written.size() - 2);
  else // Semicolons at the end are no part of the name: exec_command_include, command.c.
    written = trim(written.substr(0, written.find_last_not_of(';') + 1));
  if (written.empty() || written.find_first_of(":`") != written.npos)
    return std::nullopt;
  return Included{std::string(written), is_relative};
}

static bool connects(std::string_view command) {
  const std::string_view word = command.substr(0, command.find_first_of(" \t"));
  return word == "\\c" || word == "\\connect";
}

/// How an inclusion finds its file among the migration's: by its path, or by the end of it.
static std::string inclusionPath(const Included &included, const std::string &script) {
  if (included.written.starts_with('/'))
    return displayPath(included.written);
  return included.is_relative ? normalPath(joinPath(parentPath(script), included.written))
                              : normalPath(included.written);
}

/// The stretches of statements between which "\;" stands instead of a semicolon.
static std::vector<Range> messagesOf(std::string_view masked, const std::vector<Range> &commands,
                                     std::string_view text) {
  std::vector<uint32_t> joints;
  for (Range command : commands)
    if (slice(text, command) == "\\" && command.end < text.size() && text[command.end] == ';')
      joints.push_back(command.end);
  std::vector<Range> messages;
  if (joints.empty())
    return messages;
  Lexer lexer(masked);
  auto joint = joints.begin();
  uint32_t begin = 0;
  bool is_joined = false;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind != TokenKind::semicolon)
      continue;
    if (joint != joints.end() && token.begin == *joint) {
      is_joined = true;
      ++joint;
      continue;
    }
    if (is_joined)
      messages.push_back({begin, token.end()});
    begin = token.end();
    is_joined = false;
  }
  if (is_joined)
    messages.push_back({begin, static_cast<uint32_t>(masked.size())});
  return messages;
}

void maskPsqlInput(const MigrationFile &file, std::string_view text, PsqlVariables variables,
                   FileLayout &layout) {
  // Both a meta-command and the end of COPY data have a backslash, and a variable has a colon.
  bool may_have_variables = variables == PsqlVariables::yes && text.find(':') != text.npos;
  if (text.find('\\') == text.npos && !may_have_variables)
    return;
  MaskedText masked = maskPsql(text);
  auto add = [&](Range range) {
    std::string is = masked.text.substr(range.begin, range.size());
    is.resize(is.find_last_not_of(" \t\r\n") + 1);
    // Line breaks stay by themselves; what they part is blank.
    layout.masks.push_back({range, is.find_first_of("\r\n") == is.npos ? is : ""});
  };
  for (Range range : masked.meta_commands) {
    add(range);
    if (connects(slice(text, range)))
      layout.connections.push_back(range.begin);
    if (std::optional<Included> included = includedBy(slice(text, range)))
      layout.inclusions.push_back({range.begin, inclusionPath(*included, file.path)});
  }
  for (Range range : masked.copy_data)
    add(range);
  if (variables == PsqlVariables::yes)
    for (Range range : masked.variables)
      add(range);
  layout.messages = messagesOf(masked.text, masked.meta_commands, text);
}

/// The file that is meant, seen from the script and from the folders above the history's, where it
/// may be read.
static std::string findIncluded(const Folder &folder, const Included &included,
                                const std::string &script) {
  auto accept = [&](const std::string &path) {
    return !path.empty() && folder.mayRead(folder.resolved(path)) ? path : std::string();
  };
  const bool is_absolute = included.written.starts_with('/');
  std::string beside = is_absolute ? displayPath(included.written)
                                   : normalPath(joinPath(parentPath(script), included.written));
  if (is_absolute || folder.isFile(beside) || included.is_relative)
    return folder.isFile(beside) ? accept(beside) : "";
  return accept(folder.projectFile(normalPath(included.written)).path);
}

/// Adds at most `budget` files, which it counts down.
static void addIncludedOf(const Folder &folder, Migration &migration, size_t &budget) {
  std::set<std::string> known;
  for (const MigrationFile &file : migration.files)
    known.insert(file.path);
  // Grows while it is walked.
  for (size_t i = 0; i < migration.files.size(); ++i) {
    MigrationFile script = migration.files[i];
    std::string text = folder.readPath(script.path);
    if (text.find("\\i") == text.npos)
      continue;
    for (Range command : maskPsql(text).meta_commands) {
      std::optional<Included> included = includedBy(slice(text, command));
      if (!included)
        continue;
      std::string path = findIncluded(folder, *included, script.path);
      if (path.empty() || budget == 0 || !known.insert(path).second)
        continue;
      --budget;
      migration.files.push_back({.path = path, .direction = script.direction, .included = true});
    }
  }
}

void addIncludedFiles(const Folder &folder, History &history) {
  size_t budget = 10'000; // What a history may run; see history/file_runner.cpp.
  std::set<std::string> included;
  for (Migration &migration : history.migrations) {
    addIncludedOf(folder, migration, budget);
    for (const MigrationFile &file : migration.files)
      if (file.included)
        included.insert(file.path);
  }
  std::erase_if(history.migrations, [&](const Migration &migration) {
    return included.count(migration.files.front().path) != 0;
  });
}

} // namespace lockstep::history
