#include "session/fix.hpp"

#include "base/path.hpp"
#include "engine/fixes.hpp"
#include "history/discovery.hpp"
#include "history/disk.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace lockstep {

namespace {
/// One run of runFixes().
class Fixer {
public:
  Fixer(const Settings &settings, const Scope &scope, std::span<const Rule *const> rules,
        bool unsafe)
      : settings_(settings), scope_(scope), rules_(rules), unsafe_(unsafe),
        disk_(scope.read ? scope.read : FileReader(readFile)) {
    scope_.read = [this](const std::string &path) -> Result<std::string> {
      auto changed = texts_.find(path);
      return changed == texts_.end() ? disk_(path) : Result<std::string>(changed->second);
    };
  }
  Fixer(const Fixer &) = delete;
  Fixer &operator=(const Fixer &) = delete;

  Result<FixOutcome> run() {
    Result<CheckOutcome> check = runCheck(settings_, scope_, rules_);
    if (!check)
      return check.error();
    FixOutcome outcome;
    outcome.left_alone = countLeftAlone(*check);
    // A fix may make way for another; one that undoes another's work must not go on for ever.
    constexpr int most_passes = 10;
    for (int pass = 0; pass < most_passes; ++pass) {
      std::map<std::string, Attempt> attempts = attempt(*check);
      if (attempts.empty())
        break;
      Result<CheckOutcome> next = runCheck(settings_, scope_, rules_);
      if (next && takeBack(attempts, *check, *next))
        next = runCheck(settings_, scope_, rules_);
      if (!next)
        return next.error();
      for (const auto &[file, one] : attempts)
        outcome.fixed += one.fixes.size();
      check = std::move(next);
    }
    outcome.check = std::move(*check);
    for (const auto &[path, text] : texts_)
      if (Result<std::string> before = disk_(path); before && *before != text)
        outcome.files.push_back({path, std::move(*before), text});
    return outcome;
  }

private:
  /// The edits of one pass over one file.
  struct Attempt {
    std::string before;
    std::vector<std::string> fixes;
  };

  /// Files of a change set are new, and so is what comes after the deployed version; whoever names
  /// a file means it. All others may have been applied, and their runner may know their checksum.
  [[nodiscard]] bool isEditable(const std::string &file) const {
    if (file == stdin_path || file == settings_.config_file)
      return false;
    if (scope_.changes || !scope_.start_after.empty())
      return true;
    return std::any_of(scope_.paths.begin(), scope_.paths.end(),
                       [&](const std::string &path) { return displayPath(path) == file; });
  }

  [[nodiscard]] size_t countLeftAlone(const CheckOutcome &check) const {
    std::map<std::string, std::vector<const Finding *>> by_file;
    for (const Finding &finding : check.result.findings)
      if (!isEditable(finding.file))
        by_file[finding.file].push_back(&finding);
    size_t count = 0;
    for (const auto &[file, findings] : by_file)
      count += planFixes(findings, unsafe_, {}).fixes.size();
    return count;
  }

  /// Makes the edits that go together, in every file.
  std::map<std::string, Attempt> attempt(const CheckOutcome &check) {
    std::map<std::string, std::vector<const Finding *>> by_file;
    for (const Finding &finding : check.result.findings)
      if (isEditable(finding.file))
        by_file[finding.file].push_back(&finding);
    std::map<std::string, Attempt> attempts;
    for (const auto &[file, findings] : by_file) {
      FixPlan plan = planFixes(findings, unsafe_, refused_);
      auto source = check.result.sources.find(file);
      if (plan.edits.empty() || source == check.result.sources.end())
        continue;
      attempts[file] = {source->second->text, std::move(plan.fixes)};
      texts_[file] = applyEdits(source->second->text, plan.edits);
    }
    return attempts;
  }

  /// Takes back the edits of files of which less can be analysed than before.
  bool takeBack(std::map<std::string, Attempt> &attempts, const CheckOutcome &before,
                const CheckOutcome &after) {
    auto unanalyzed = [](const CheckOutcome &check, const std::string &file) {
      return std::count_if(
          check.result.notices.begin(), check.result.notices.end(),
          [&](const Notice &notice) { return notice.kind == "unanalyzed" && notice.file == file; });
    };
    return std::erase_if(attempts, [&](auto &entry) {
             auto &[file, one] = entry;
             if (unanalyzed(after, file) <= unanalyzed(before, file))
               return false;
             refused_.insert(one.fixes.begin(), one.fixes.end());
             texts_[file] = one.before;
             return true;
           }) > 0;
  }

  const Settings &settings_;
  Scope scope_;
  std::span<const Rule *const> rules_;
  bool unsafe_;
  FileReader disk_;
  std::map<std::string, std::string> texts_; ///< Of files that were edited.
  std::set<std::string> refused_;
};
} // namespace

Result<FixOutcome> runFixes(const Settings &settings, const Scope &scope,
                            std::span<const Rule *const> rules, bool unsafe) {
  return Fixer(settings, scope, rules, unsafe).run();
}

} // namespace lockstep
