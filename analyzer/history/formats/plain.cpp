#include "history/formats/plain.hpp"

#include "base/text.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/psql_input.hpp"

#include <algorithm>
#include <array>

namespace lockstep::history {

static constexpr std::array<std::string_view, 6> backward_words = {
    "down", "revert", "undo", "rollback", "reverts", "rollbacks"};

static bool isBackwardWord(std::string_view word) {
  std::string lower = toLowerAscii(word);
  return std::find(backward_words.begin(), backward_words.end(), lower) != backward_words.end();
}

static bool hasSibling(const std::vector<std::string> &siblings, std::string_view stem) {
  return std::any_of(siblings.begin(), siblings.end(), [&](const std::string &sibling) {
    std::optional<std::string_view> other = sqlStem(sibling);
    return other && (equalsIgnoringCase(*other, stem) ||
                     (other->size() == stem.size() + 3 && other->starts_with(stem) &&
                      equalsIgnoringCase(other->substr(stem.size() + 1), "up")));
  });
}

/// The stem of the file that this one takes back, where its name tells; else empty.
static std::string_view forwardStem(std::string_view stem,
                                    const std::vector<std::string> &siblings) {
  size_t last = stem.find_last_of("._-");
  if (last != std::string_view::npos && isBackwardWord(stem.substr(last + 1))) {
    // Behind a dot the word says it all; else "3_plan_rollback" may well go forward.
    std::string_view rest = stem.substr(0, last);
    if (stem[last] == '.' || hasSibling(siblings, rest))
      return rest;
  }
  size_t first = stem.find_first_of("._-");
  if (first != std::string_view::npos && isBackwardWord(stem.substr(0, first)) &&
      hasSibling(siblings, stem.substr(first + 1)))
    return stem.substr(first + 1);
  return {};
}

bool takesBack(const std::string &folder_name, std::string_view file,
               const std::vector<std::string> &siblings) {
  std::optional<std::string_view> stem = sqlStem(file);
  return stem && (isBackwardWord(*stem) || isBackwardWord(folder_name) ||
                  !forwardStem(*stem, siblings).empty());
}

/// Digits in groups: "0002", "1.2.3", "2024-01-15"; empty where the name starts otherwise.
static std::string_view versionOf(std::string_view stem) {
  size_t at = !stem.empty() && (stem[0] == 'v' || stem[0] == 'V') ? 1 : 0;
  size_t begin = at;
  size_t end = at;
  while (at < stem.size()) {
    std::string_view digits = leadingDigits(stem.substr(at));
    at += digits.size();
    bool is_group =
        !digits.empty() &&
        (at == stem.size() || std::string_view("._-").find(stem[at]) != std::string_view::npos);
    if (!is_group && (end != begin || digits.empty()))
      break;
    end = at;
    if (!is_group)
      break;
    ++at;
  }
  return stem.substr(begin, end - begin);
}

bool isNumbered(std::string_view file) {
  std::optional<std::string_view> stem = sqlStem(file);
  return stem && !versionOf(*stem).empty();
}

bool sortsAsVersions(const Folder &folder) {
  std::string folder_name = folder.name();
  size_t numbered = 0;
  size_t other = 0;
  for (const std::string &file : folder.files())
    if (sqlStem(file) && !takesBack(folder_name, file, folder.files()))
      ++(isNumbered(file) ? numbered : other);
  return numbered >= 2 && numbered >= other;
}

static Migration migrationOf(const Folder &folder, const std::string &file) {
  std::string_view stem = sqlStem(file).value_or(file);
  std::string_view version = versionOf(stem);
  Migration migration;
  if (version.empty()) {
    migration.version = migration.name = stem;
  } else {
    migration.version = version;
    std::string_view rest =
        stem.substr(static_cast<size_t>(version.data() - stem.data()) + version.size());
    migration.name = rest.substr(std::min(rest.find_first_not_of("._-"), rest.size()));
  }
  migration.files.push_back({.path = folder.pathOf(file)});
  return migration;
}

static void list(const Folder &folder, History &history) {
  std::string folder_name = folder.name();
  for (const std::string &file : folder.files())
    if ((isNumbered(file) || (history.is_declared && sqlStem(file))) &&
        !takesBack(folder_name, file, folder.files()))
      history.migrations.push_back(migrationOf(folder, file));
  auto by_version = [](const Migration &a, const Migration &b) {
    int order = compareVersions(a.version, b.version);
    return order != 0 ? order < 0 : lessNumerically(a.name, b.name);
  };
  std::stable_sort(history.migrations.begin(), history.migrations.end(), by_version);
  // What takes a migration back is its down file.
  for (const std::string &file : folder.files()) {
    std::optional<std::string_view> stem = sqlStem(file);
    std::string_view forward = stem ? forwardStem(*stem, folder.files()) : std::string_view();
    for (Migration &migration : history.migrations)
      if (!forward.empty() && hasSibling({migration.files.front().path}, folder.pathOf(forward)))
        migration.files.push_back({.path = folder.pathOf(file), .direction = Direction::down});
  }
  addIncludedFiles(folder, history);
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  layout.units.push_back(wholeFile(history, file, text));
  maskPsqlInput(file, text, PsqlVariables::yes, layout);
  return layout;
}

History aloneHistory(const Folder &folder, const std::string &file) {
  History history;
  history.path = folder.pathOf(file);
  history.framework = plain_format.name;
  history.detected_by = "no framework recognised";
  history.execution = plain_format.model;
  history.session_per_file = true;
  history.format = &plain_format;
  history.migrations.push_back(migrationOf(folder, file));
  if (takesBack(folder.name(), file, folder.files()))
    history.migrations.front().files.front().direction = Direction::down;
  addIncludedFiles(folder, history);
  return history;
}

constexpr Format plain_format{
    .name = "plain",
    .model = ExecutionModel::unknown,
    .session_per_file = true,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "may never run it, if it goes by the order", .runs_overtaken = true},
    .downs = Downs::optional};

} // namespace lockstep::history
