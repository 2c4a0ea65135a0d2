#include "engine/declared_suppression.hpp"

#include "base/glob_set.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace lockstep::engine {

bool isDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-')
    return false;
  auto number = [&](size_t at, size_t digits) {
    int value = 0;
    for (size_t i = at; i < at + digits; ++i)
      value = text[i] < '0' || text[i] > '9' ? 1000000 : value * 10 + (text[i] - '0');
    return value;
  };
  int year = number(0, 4);
  int month = number(5, 2);
  int day = number(8, 2);
  if (year > 9999 || month < 1 || month > 12 || day < 1)
    return false;
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  int days = month == 2                                              ? (leap ? 29 : 28)
             : month == 4 || month == 6 || month == 9 || month == 11 ? 30
                                                                     : 31;
  return day <= days;
}

namespace {
/// A suppression with the rules that its words stand for.
struct Resolved {
  const DeclaredSuppression &declared;
  std::set<std::string_view> rules;
  bool over = false;
  size_t covered = 0;
};

/// Suppressions that cover the same findings.
struct Group {
  std::vector<size_t> members; ///< Ascending.
  size_t first = SIZE_MAX;     ///< Of those that are not over.
  size_t covered = 0;
};

/// Which suppressions cover a finding, found without a look at each of them.
class DeclaredIndex {
public:
  explicit DeclaredIndex(std::span<const Resolved> all) : patterns_(patternsOf(all)) {
    for (size_t i = 0; i < all.size(); ++i) {
      const DeclaredSuppression &declared = all[i].declared;
      has_statements_ |= !declared.statement.empty();
      const uint32_t path = declared.path.empty() ? any_path : pathOf(i);
      for (std::string_view rule : all[i].rules) {
        Group &group = groups_[{rule, declared.version, declared.statement}][path];
        group.members.push_back(i);
        if (!all[i].over)
          group.first = std::min(group.first, i);
      }
    }
  }

  /// The groups that cover the finding.
  std::vector<Group *> covering(const Finding &finding) {
    std::vector<Group *> covering;
    const std::vector<uint32_t> &paths = pathsOf(finding.file);
    const std::string statement = has_statements_ ? statementHash(finding) : "";
    for (std::string_view version : {std::string_view(), std::string_view(finding.migration)})
      for (std::string_view hash : {std::string_view(), std::string_view(statement)}) {
        const auto found = groups_.find({finding.rule, version, hash});
        if (found == groups_.end())
          continue;
        for (uint32_t path : paths)
          if (auto group = found->second.find(path); group != found->second.end())
            covering.push_back(&group->second);
        if (statement.empty())
          break;
      }
    if (finding.migration.empty()) {
      // Both versions were the same one.
      std::sort(covering.begin(), covering.end());
      covering.erase(std::unique(covering.begin(), covering.end()), covering.end());
    }
    return covering;
  }

  /// The number of the pattern that `number`'s path is.
  [[nodiscard]] uint32_t pathOf(size_t number) const {
    return patterns_.firstEqual(static_cast<uint32_t>(number));
  }
  /// The patterns that match the file, and that none is needed.
  const std::vector<uint32_t> &pathsOf(const std::string &file) {
    const auto [known, is_new] = paths_.try_emplace(file);
    if (is_new) {
      known->second = patterns_.matching(file);
      known->second.push_back(any_path);
    }
    return known->second;
  }
  /// Adds up what the groups cover.
  void count(std::span<Resolved> all) const {
    for (const auto &[key, by_path] : groups_)
      for (const auto &[path, group] : by_path)
        for (size_t member : group.members)
          all[member].covered += group.covered;
  }

private:
  static constexpr uint32_t any_path = UINT32_MAX;

  static std::vector<std::string> patternsOf(std::span<const Resolved> all) {
    std::vector<std::string> patterns;
    for (const Resolved &one : all)
      patterns.push_back(one.declared.path);
    return patterns;
  }

  GlobSet patterns_; ///< Of each suppression its path, empty where it has none.
  bool has_statements_ = false;
  /// By rule, version and statement, both empty where any will do; then by path.
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>,
           std::unordered_map<uint32_t, Group>>
      groups_;
  std::unordered_map<std::string, std::vector<uint32_t>> paths_; ///< By file.
};
} // namespace

static Notice noticeOf(const DeclaredSuppression &declared, std::string message) {
  return {"suppression", std::move(message), declared.config, declared.where};
}

/// Whether a rule of it runs, so that it could have covered something.
static bool hasRunningRule(const Resolved &one, const FileSelections &selections) {
  return std::any_of(selections.rules().begin(), selections.rules().end(), [&](const Rule *rule) {
    return one.rules.contains(rule->id.text) && selections.runs(*rule);
  });
}

std::vector<Notice> applySuppressions(std::span<const DeclaredSuppression> declared,
                                      std::string_view today, const FileSelections &selections,
                                      std::span<const std::string> checked, bool all,
                                      std::span<Finding> findings) {
  if (declared.empty())
    return {};
  std::vector<Resolved> resolved;
  for (const DeclaredSuppression &one : declared) {
    Resolved entry{one, {}, !one.until.empty() && one.until < today, 0};
    for (const std::string &word : one.rules)
      for (const Rule *rule : rulesNamed(selections.rules(), word))
        entry.rules.insert(rule->id.text);
    resolved.push_back(std::move(entry));
  }
  DeclaredIndex index(resolved);
  for (Finding &finding : findings) {
    size_t first = SIZE_MAX;
    for (Group *group : index.covering(finding)) {
      ++group->covered;
      first = std::min(first, group->first);
    }
    if (first != SIZE_MAX && !finding.suppressed)
      finding.suppressed = Suppression{"config", resolved[first].declared.reason};
  }
  index.count(resolved);
  std::set<uint32_t> reached; ///< Paths that match a file that was checked.
  for (const std::string &file : checked)
    reached.insert(index.pathsOf(file).begin(), index.pathsOf(file).end());
  std::vector<Notice> notices;
  for (size_t i = 0; i < resolved.size(); ++i) {
    const Resolved &one = resolved[i];
    const bool is_reached = one.declared.path.empty() ? all : reached.contains(index.pathOf(i));
    if (one.over && one.covered > 0)
      notices.push_back(
          noticeOf(one.declared,
                   format("this suppression ended on {}: {} reported again", one.declared.until,
                          one.covered == 1 ? "a finding is" : "findings are")));
    else if (one.covered == 0 && is_reached && hasRunningRule(one, selections))
      notices.push_back(noticeOf(one.declared, format("this suppression of {} suppresses nothing: "
                                                      "remove it",
                                                      join(one.declared.rules, ", "))));
  }
  return notices;
}

} // namespace lockstep::engine
