#include "base/path.hpp"
#include "base/repository.hpp"
#include "base/text.hpp"
#include "base/write_file.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "config/find.hpp"
#include "report/escape.hpp"

#include <filesystem>
#include <map>

namespace lockstep::cli {

namespace {
/// A baseline and the groups of paths that it is for.
struct Target {
  Baseline baseline;
  bool exists = false;
  size_t added = 0;
  size_t removed = 0;
};
} // namespace

/// Where a group's baseline is, or is to be: beside its configuration, else at the repository's
/// root, else here.
static std::string baselineOf(const Settings &settings) {
  if (!settings.baseline.empty())
    return settings.baseline;
  if (!settings.config_file.empty())
    return joinPath(parentPath(settings.config_file), baseline_name);
  std::string root = repositoryRootOf(".");
  return root.empty() ? std::string(baseline_name) : displayPath(joinPath(root, baseline_name));
}

/// Takes what a project's check found into the baseline that is for it.
static Status work(Project &project, BaselineAction action, Target &target, Reach &reach) {
  Result<CheckOutcome> check = project.check();
  if (!check)
    return check.error();
  merge(reach, std::move(check->reach));
  size_t before = target.baseline.entries().size();
  std::vector<Baseline::Entry> stale = project.staleEntries(target.baseline, check->result);
  target.baseline.remove(stale);
  size_t kept = target.baseline.entries().size();
  target.removed += before - kept;
  if (action != BaselineAction::prune)
    target.baseline.add(check->result.findings);
  target.added += target.baseline.entries().size() - kept;
  return Done{};
}

int baselineCommand(const Tool &, Words words) {
  Parsed<BaselineArguments> parsed = parseBaseline(words);
  if (!parsed.arguments)
    return parsed.status;
  const BaselineArguments &arguments = *parsed.arguments;
  std::optional<Session> session = openSession(arguments.input);
  if (!session)
    return 2;
  std::map<std::string, Target> targets;
  Reach reach;
  for (Project &project : session->projects()) {
    std::string path = baselineOf(project.settings());
    std::error_code ignored;
    bool exists = std::filesystem::exists(path, ignored);
    auto [place, is_new] =
        targets.try_emplace(path, Target{Baseline(parentPath(path)), exists, 0, 0});
    if (is_new && exists && arguments.action == BaselineAction::create && !arguments.force) {
      complain(format("{} is there already: `lockstep baseline update` brings it up to date, "
                      "--force replaces it",
                      path));
      return 2;
    }
    if (is_new && exists && arguments.action != BaselineAction::create) {
      Result<Baseline> read = project.baseline(path);
      if (!read) {
        complain(read.error().message);
        return 2;
      }
      place->second.baseline = std::move(*read);
    }
    if (!exists && arguments.action == BaselineAction::prune) {
      complain(format("{} is not there: `lockstep baseline create` writes it", path));
      return 2;
    }
    project.setBaseline("");
    if (Status status = work(project, arguments.action, place->second, reach); !status) {
      complain(status.error().message);
      return 2;
    }
  }
  bool broken = false;
  std::string report;
  for (auto &[path, target] : targets) {
    if (Status written = writeFile(path, target.baseline.text()); !written) {
      complain(written.error().message);
      broken = true;
      continue;
    }
    report += format("{}: {}, {} added, {} removed\n", printablePath(path),
                     plural(target.baseline.entries().size(), "finding"),
                     std::to_string(target.added), std::to_string(target.removed));
  }
  broken |= complainAbout(reach, arguments.input);
  return writeOut(Channel::text, std::move(report)) && !broken ? 0 : 2;
}

} // namespace lockstep::cli
