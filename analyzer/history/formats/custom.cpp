#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

#include <algorithm>

namespace lockstep::history {

// A home-made runner, as the configuration declares it. Settings: "files" and "down_files" are
// patterns of names with {version} and {name}; "up", "down" and "no_transaction" are marks, each
// the beginning of a line; "no_transaction_execution" is the model of a file or section with that
// mark.

/// Takes `name` from the front of `text` up to where `next`, the literal behind it, stands.
static std::optional<std::string_view> takeName(std::string_view &text, std::string_view next) {
  size_t end = next.empty() ? text.size() : text.find(next);
  if (end == text.npos)
    return std::nullopt;
  std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

/// Digits, also in groups with dots between them.
static std::string_view takeVersion(std::string_view &text) {
  size_t end = 0;
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') ||
                               (text[end] == '.' && end > 0 && end + 1 < text.size() &&
                                text[end + 1] >= '0' && text[end + 1] <= '9')))
    ++end;
  std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

static std::optional<NamedFile> matchName(std::string_view file, std::string_view pattern) {
  constexpr std::string_view version = "{version}";
  constexpr std::string_view name = "{name}";
  NamedFile matched;
  while (!pattern.empty()) {
    if (pattern.starts_with(version)) {
      pattern.remove_prefix(version.size());
      matched.version = takeVersion(file);
      if (matched.version.empty())
        return std::nullopt;
    } else if (pattern.starts_with(name)) {
      pattern.remove_prefix(name.size());
      std::optional<std::string_view> taken =
          takeName(file, pattern.substr(0, std::min(pattern.find('{'), pattern.size())));
      if (!taken)
        return std::nullopt;
      matched.name = *taken;
    } else {
      if (file.empty() || file.front() != pattern.front())
        return std::nullopt;
      file.remove_prefix(1);
      pattern.remove_prefix(1);
    }
  }
  if (!file.empty())
    return std::nullopt;
  if (matched.version.empty())
    matched.version = matched.name;
  return matched;
}

static std::string_view setting(const History &history, std::string_view key,
                                std::string_view usual) {
  std::string_view value = history.setting(key);
  return value.empty() ? usual : value;
}

static void list(const Folder &folder, History &history) {
  std::string files(setting(history, "files", "{version}_{name}.sql"));
  std::string down_files(history.setting("down_files"));
  std::vector<NamedFile> named;
  for (const std::string &file : folder.files()) {
    // A pattern of down files is the narrower one.
    std::optional<NamedFile> match = matchName(file, down_files);
    if (!down_files.empty() && match)
      match->direction = Direction::down;
    else
      match = matchName(file, files);
    if (!match)
      continue;
    match->path = folder.pathOf(file);
    named.push_back(std::move(*match));
  }
  history.migrations = groupByVersion(std::move(named));
}

static bool hasMark(std::string_view line, std::string_view mark) {
  return !mark.empty() && afterWord(trim(line), mark).has_value();
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Unit whole = wholeFile(history, file, text);
  Sections sections(text, whole);
  std::vector<Range> no_transaction;
  forEachLine(text, [&](Range line) {
    std::string_view content = slice(text, line);
    if (hasMark(content, history.setting("up")))
      sections.begin(line, Direction::up);
    else if (hasMark(content, history.setting("down")))
      sections.begin(line, Direction::down);
    else if (hasMark(content, history.setting("no_transaction")))
      no_transaction.push_back(line);
  });
  sections.finish(layout);
  // What stands before the first mark is up.
  if (sections.empty()) {
    layout.units.push_back(std::move(whole));
  } else if (uint32_t first = layout.masks.front().range.begin; first > 0) {
    layout.problems.clear();
    whole.section.end = first;
    layout.units.insert(layout.units.begin(), std::move(whole));
  }
  ExecutionModel without =
      executionModelNamed(setting(history, "no_transaction_execution", "implicit"))
          .value_or(ExecutionModel::implicit);
  for (Range mark : no_transaction) {
    // Outside of all sections it holds for the file.
    size_t at = layout.unitAt(mark.begin);
    bool is_head = at == 0 && trim(text.substr(0, mark.begin)).empty();
    for (size_t i = 0; i < layout.units.size(); ++i) {
      if (i != at && !is_head && at < layout.units.size())
        continue;
      layout.units[i].model = without;
      layout.units[i].model_reason = trim(slice(text, mark));
    }
  }
  return layout;
}

constexpr Format custom_format{
    .name = "custom",
    .model = ExecutionModel::unknown,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "may never run it, if it goes by the order", .runs_overtaken = true},
    .downs = Downs::optional};

} // namespace lockstep::history
