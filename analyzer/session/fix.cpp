#include "session/fix.hpp"

#include "base/path.hpp"
#include "engine/fixes.hpp"
#include "history/discovery.hpp"

#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace lockstep::session {

namespace {
/// One run of runFixes().
class Fixer {
public:
  Fixer(Session &session, Project &project, bool unsafe)
      : session_(session), project_(project), unsafe_(unsafe) {
    for (const std::string &path : project.scope().paths)
      named_.insert(displayPath(path));
  }

  Result<FixOutcome> run() {
    Result<CheckOutcome> check = project_.check();
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
      Result<CheckOutcome> next = project_.check();
      if (next && takeBack(attempts, *check, *next))
        next = project_.check();
      if (!next)
        return next.error();
      for (const auto &[file, one] : attempts) {
        outcome.fixed += one.fixes.size();
        texts_.at(file).fixes += one.fixes.size();
      }
      check = std::move(next);
    }
    outcome.check = std::move(*check);
    for (auto &[path, text] : texts_)
      if (text.before != text.now)
        outcome.files.push_back({path, std::move(text.before), std::move(text.now), text.fixes});
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
    const Scope &scope = project_.scope();
    if (file == stdin_path || file == project_.settings().config_file)
      return false;
    if (scope.changes || !scope.start_after.empty())
      return true;
    return named_.contains(file);
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
      setText(file, source->second->text, applyEdits(source->second->text, plan.edits));
    }
    session_.setTexts(std::exchange(set_, {}));
    return attempts;
  }

  /// Takes back the edits of files of which less can be analysed than before.
  bool takeBack(std::map<std::string, Attempt> &attempts, const CheckOutcome &before,
                const CheckOutcome &after) {
    std::map<std::string_view, size_t> was = unanalyzedOf(before), is = unanalyzedOf(after);
    const bool any = std::erase_if(attempts, [&](auto &entry) {
                       auto &[file, one] = entry;
                       if (is[file] <= was[file])
                         return false;
                       refused_.insert(one.fixes.begin(), one.fixes.end());
                       setText(file, {}, one.before);
                       return true;
                     }) > 0;
    session_.setTexts(std::exchange(set_, {}));
    return any;
  }

  /// By file, how much of it could not be analysed.
  static std::map<std::string_view, size_t> unanalyzedOf(const CheckOutcome &check) {
    std::map<std::string_view, size_t> counts;
    for (const Notice &notice : check.result.notices)
      counts[notice.file] += notice.kind == "unanalyzed" ? 1 : 0;
    return counts;
  }

  /// The session is told of all of them at once. `before` counts the first time only.
  void setText(const std::string &file, std::string before, const std::string &now) {
    const auto place = texts_.try_emplace(file, Text{std::move(before), {}, 0}).first;
    place->second.now = now;
    set_[file] = now;
  }

  struct Text {
    std::string before;
    std::string now;
    size_t fixes = 0;
  };

  Session &session_;
  Project &project_;
  bool unsafe_;
  std::map<std::string, Text> texts_;      ///< Of files that were edited.
  std::map<std::string, std::string> set_; ///< That the session is to be told of.
  std::set<std::string> named_;            ///< Files that were asked for by name.
  std::set<std::string> refused_;
};
} // namespace

Result<FixOutcome> runFixes(Session &session, Project &project, bool unsafe) {
  return Fixer(session, project, unsafe).run();
}

} // namespace lockstep::session
