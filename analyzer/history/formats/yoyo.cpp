#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

#include <map>
#include <set>

namespace lockstep::history {

// <name>.sql with "-- depends: a b" and "-- transactional: false" in its first comments;
// <name>.rollback.sql takes it back. Order is that of the dependencies, then of the names.

/// The value of a "-- key: value" comment at the top of the text.
static std::string_view headerValue(std::string_view text, std::string_view key) {
  for (uint32_t at = 0; at < text.size(); at = nextLine(text, at)) {
    std::string_view content = trim(text.substr(at, endOfLine(text, at) - at));
    if (content.empty())
      continue;
    std::optional<std::string_view> comment = lineComment(content);
    if (!comment)
      return {};
    size_t colon = comment->find(':');
    if (colon != std::string_view::npos && equalsIgnoringCase(trim(comment->substr(0, colon)), key))
      return trim(comment->substr(colon + 1));
  }
  return {};
}

static std::optional<Evidence> detect(const Folder &folder) {
  if (folder.has("yoyo.ini") || folder.parent().has("yoyo.ini"))
    return Evidence{"yoyo.ini", Evidence::marker};
  for (const Folder::Sample &sample : folder.samples())
    for (std::string_view key : {"depends", "transactional"})
      if (std::string_view value = headerValue(sample.text, key); !value.empty())
        return Evidence{format("-- {}: {} in {}", key, value, sample.file), Evidence::content};
  for (const std::string &file : folder.files())
    if (file.ends_with(".rollback.sql") && folder.projectFile("pyproject.toml", "yoyo"))
      return Evidence{file, Evidence::names_and_project};
  return std::nullopt;
}

static void list(const Folder &folder, History &history) {
  std::map<std::string, std::vector<std::string>> depends;
  std::vector<std::string> names;
  for (const std::string &file : folder.files()) {
    std::optional<std::string_view> stem = sqlStem(file);
    if (!stem || stem->ends_with(".rollback"))
      continue;
    std::string name(*stem);
    std::string text = folder.read(file);
    for (std::string_view word : split(headerValue(text, "depends"), ' '))
      if (!trim(word).empty())
        depends[name].emplace_back(trim(word));
    names.push_back(std::move(name));
  }
  auto add = [&](const std::string &name) {
    Migration &migration = history.migrations.emplace_back();
    migration.version = migration.name = name;
    migration.files.push_back({.path = folder.pathOf(name + ".sql")});
    if (folder.has(name + ".rollback.sql"))
      migration.files.push_back(
          {.path = folder.pathOf(name + ".rollback.sql"), .direction = Direction::down});
  };
  // Depth first with a stack of its own; entered as soon as it is seen, so that a circle ends
  // there.
  std::set<std::string> seen;
  for (const std::string &first : names) {
    std::vector<std::pair<std::string, size_t>> open;
    if (seen.insert(first).second)
      open.emplace_back(first, 0);
    while (!open.empty()) {
      auto &[name, next] = open.back();
      const std::vector<std::string> &needs = depends[name];
      if (next == needs.size()) {
        add(name);
        open.pop_back();
        continue;
      }
      const std::string &needed = needs[next++];
      if (folder.has(needed + ".sql") && seen.insert(needed).second)
        open.emplace_back(needed, 0);
    }
  }
}

/// The same words below the first statement are plain comments.
static void findLateWords(std::string_view text, FileLayout &layout) {
  bool inside = true;
  forEachLine(text, [&](Range line) {
    std::string_view content = trim(slice(text, line));
    std::optional<std::string_view> comment = lineComment(content);
    inside = inside && (content.empty() || comment);
    if (inside || !comment)
      return;
    std::string_view key = trim(comment->substr(0, comment->find(':')));
    if (key.size() == comment->size() ||
        !(equalsIgnoringCase(key, "transactional") || equalsIgnoringCase(key, "depends")))
      return;
    layout.problems.push_back({line, "yoyo does not see this directive",
                               "move it to the comments at the top of the file"});
  });
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  findLateWords(text, layout);
  Unit &unit = layout.units.emplace_back(wholeFile(history, file, text));
  if (equalsIgnoringCase(headerValue(text, "transactional"), "false")) {
    unit.model = ExecutionModel::autocommit;
    unit.model_reason = "-- transactional: false";
  }
  return layout;
}

constexpr Format yoyo_format{
    .name = "yoyo",
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true},
    .downs = Downs::optional};

} // namespace lockstep::history
