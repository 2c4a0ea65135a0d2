#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/placeholders.hpp"

namespace lockstep::history {

// migrate/migrate.go: ^(\d+)_.+\.sql$; "---- create above / drop below ----" parts up from down,
// and a line "---- tern: disable-tx ----" has the statements sent one by one. Files are Go
// templates.

static constexpr std::string_view divider = "---- create above / drop below ----";
static constexpr std::string_view disable_tx = "---- tern: disable-tx ----";

static std::string_view mark(std::string_view text) {
  return findComment(text,
                     [](std::string_view line) { return line == divider || line == disable_tx; });
}

static std::optional<Evidence> detect(const Folder &folder) {
  if (folder.has("tern.conf"))
    return Evidence{"tern.conf", Evidence::marker};
  return markedEvidence(folder, mark);
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(
      namedFiles(folder, [](std::string_view stem) { return versionAndName(stem); }));
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Unit up = wholeFile(history, file, text);
  std::optional<Unit> down;
  forEachLine(text, [&](Range line) {
    std::string_view content = slice(text, line);
    if (content == disable_tx) {
      up.model = ExecutionModel::autocommit;
      up.model_reason = disable_tx;
      layout.masks.push_back(separator(line));
    } else if (content == divider && !down) {
      down = up;
      up.section.end = line.begin;
      down->direction = Direction::down;
      down->section.begin = line.end;
      layout.masks.push_back(separator(line));
    } else if (content.starts_with("--") && (content.find("disable-tx") != content.npos ||
                                             content.find("drop below") != content.npos)) {
      bool is_divider = content.find("drop below") != content.npos;
      layout.problems.push_back({line, "tern does not see this line: it must be spelt exactly",
                                 format("write '{}'", is_divider ? divider : disable_tx)});
    }
  });
  if (down) {
    down->model = up.model;
    down->model_reason = up.model_reason;
  }
  layout.units.push_back(std::move(up));
  if (down)
    layout.units.push_back(std::move(*down));
  maskPlaceholders(text, findPlaceholders(text, "{{", "}}"), layout);
  return layout;
}

constexpr Format tern_format{.name = "tern",
                             .mark = mark,
                             .detect = detect,
                             .list = list,
                             .layout = layout,
                             .conduct = {.same_version = "refuses the folder",
                                         .overtaken = "never runs it where the later one has run"},
                             .downs = Downs::usual};

} // namespace lockstep::history
