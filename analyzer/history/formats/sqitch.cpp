#include "base/path.hpp"
#include "history/formats/all.hpp"
#include "history/reading/psql_input.hpp"
#include "history/reading/scan.hpp"

namespace lockstep::history {

// sqitch.plan lists the changes in order; deploy/<change>.sql and revert/<change>.sql are run by a
// psql each. A change that the plan has again was reworked: its earlier scripts are kept as
// <change>@<tag>.sql, with a tag from between the two (App::Sqitch::Plan::Change, path_segments).

static std::optional<Evidence> detect(const Folder &folder) {
  if (!folder.has("sqitch.plan"))
    return std::nullopt;
  return Evidence{"sqitch.plan", Evidence::marker};
}

namespace {
struct PlanLine {
  std::string name;
  bool is_tag = false;
};
} // namespace

static std::vector<PlanLine> readPlan(std::string_view text) {
  std::vector<PlanLine> lines;
  forEachLine(text, [&](Range range) {
    std::string_view line = trim(slice(text, range));
    if (line.empty() || line.front() == '#' || line.front() == '%')
      return;
    PlanLine parsed;
    parsed.is_tag = line.front() == '@';
    // "+change" deploys, as "change" does.
    if (parsed.is_tag || line.front() == '+')
      line.remove_prefix(1);
    parsed.name = line.substr(0, line.find_first_of(" \t"));
    lines.push_back(std::move(parsed));
  });
  return lines;
}

/// The suffix of the scripts of the change on line `at`: empty unless it was reworked later.
static std::string reworkSuffix(const Folder &folder, const std::vector<PlanLine> &plan, size_t at,
                                const std::string &deploy) {
  std::vector<std::string> tags;
  for (size_t i = at + 1; i < plan.size(); ++i) {
    if (plan[i].is_tag)
      tags.push_back('@' + plan[i].name);
    else if (plan[i].name == plan[at].name)
      break;
    if (i + 1 == plan.size())
      return "";
  }
  for (const std::string &tag : tags)
    if (folder.has(deploy + '/' + plan[at].name + tag + ".sql"))
      return tag;
  return "";
}

static void list(const Folder &folder, History &history) {
  std::string conf = folder.projectFile("sqitch.conf").text;
  auto folderNamed = [&](std::string_view key, std::string_view usual) {
    std::string_view value = configValue(conf, key);
    return std::string(value.empty() ? usual : fileName(value));
  };
  std::string deploy = folderNamed("deploy_dir", "deploy");
  std::string revert = folderNamed("revert_dir", "revert");
  std::vector<PlanLine> plan = readPlan(folder.read("sqitch.plan"));
  for (size_t i = 0; i < plan.size(); ++i) {
    if (plan[i].is_tag)
      continue;
    std::string script = plan[i].name + reworkSuffix(folder, plan, i, deploy) + ".sql";
    if (!folder.has(deploy + '/' + script)) {
      history.notices.push_back(
          {"missing-file",
           format("{} lists {}, but {} is not there", folder.pathOf("sqitch.plan"), plan[i].name,
                  folder.pathOf(deploy + '/' + script)),
           history.path,
           {}});
      continue;
    }
    Migration &migration = history.migrations.emplace_back();
    migration.version = migration.name = plan[i].name;
    migration.files.push_back({.path = folder.pathOf(deploy + '/' + script)});
    if (folder.has(revert + '/' + script))
      migration.files.push_back(
          {.path = folder.pathOf(revert + '/' + script), .direction = Direction::down});
  }
  addIncludedFiles(folder, history);
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  layout.units.push_back(wholeFile(history, file, text));
  maskPsqlInput(file, text, PsqlVariables::yes, layout);
  return layout;
}

static Claim claim(std::string_view path) {
  if (path.starts_with("verify/") || path.starts_with("revert/"))
    return Claim::usual;
  return path.starts_with("deploy/") ? Claim::dropped : Claim::none;
}

constexpr Format sqitch_format{
    .name = "sqitch",
    .model = ExecutionModel::autocommit,
    .session_per_file = true,
    .detect = detect,
    .list = list,
    .layout = layout,
    .claim = claim,
    .conduct = {.overtaken = "never runs it where the later one has run"},
    .downs = Downs::usual};

} // namespace lockstep::history
