#include "engine/declared_suppression.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <set>

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
} // namespace

static bool covers(const Resolved &one, const Finding &finding) {
  const DeclaredSuppression &declared = one.declared;
  if (!one.rules.contains(finding.rule))
    return false;
  if (!declared.path.empty() && !matchesGlob(declared.path, finding.file))
    return false;
  if (!declared.version.empty() && declared.version != finding.migration)
    return false;
  return declared.statement.empty() || declared.statement == statementHash(finding);
}

static Notice noticeOf(const DeclaredSuppression &declared, std::string message) {
  return {"suppression", std::move(message), declared.config, declared.where};
}

/// Whether it would have covered something, had there been anything to cover.
static bool isJudged(const Resolved &one, const FileSelections &selections,
                     std::span<const std::string> checked, bool all) {
  bool reached = all;
  if (!one.declared.path.empty())
    reached = std::any_of(checked.begin(), checked.end(), [&](const std::string &file) {
      return matchesGlob(one.declared.path, file);
    });
  return reached &&
         std::any_of(selections.rules().begin(), selections.rules().end(), [&](const Rule *rule) {
           return one.rules.contains(rule->id.text) && selections.runs(*rule);
         });
}

std::vector<Notice> applySuppressions(std::span<const DeclaredSuppression> declared,
                                      std::string_view today, const FileSelections &selections,
                                      std::span<const std::string> checked, bool all,
                                      std::span<Finding> findings) {
  std::vector<Resolved> resolved;
  for (const DeclaredSuppression &one : declared) {
    Resolved entry{one, {}, !one.until.empty() && one.until < today, 0};
    for (const std::string &word : one.rules)
      for (const Rule *rule : rulesNamed(selections.rules(), word))
        entry.rules.insert(rule->id.text);
    resolved.push_back(std::move(entry));
  }
  for (Finding &finding : findings) {
    for (Resolved &one : resolved) {
      if (!covers(one, finding))
        continue;
      ++one.covered;
      if (!one.over && !finding.suppressed)
        finding.suppressed = Suppression{"config", one.declared.reason};
    }
  }
  std::vector<Notice> notices;
  for (const Resolved &one : resolved) {
    if (one.over && one.covered > 0)
      notices.push_back(
          noticeOf(one.declared,
                   format("this suppression ended on {}: {} reported again", one.declared.until,
                          one.covered == 1 ? "a finding is" : "findings are")));
    else if (one.covered == 0 && isJudged(one, selections, checked, all))
      notices.push_back(noticeOf(one.declared, format("this suppression of {} suppresses nothing: "
                                                      "remove it",
                                                      join(one.declared.rules, ", "))));
  }
  return notices;
}

} // namespace lockstep::engine
