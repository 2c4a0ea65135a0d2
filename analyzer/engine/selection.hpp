#pragma once
#include "base/glob_set.hpp"
#include "base/result.hpp"
#include "engine/layer.hpp"
#include "engine/rule.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace lockstep::engine {

/// What the user asked for. Words are presets, categories, rule ids and aliases.
struct SelectionRequest {
  std::vector<std::string> select = {};        ///< Replaces the preset; empty: "recommended".
  std::vector<std::string> extend_select = {}; ///< Adds.
  std::vector<std::string> ignore = {};        ///< Takes away, last.
  std::vector<std::pair<std::string, Severity>> severities = {}; ///< Rule or category → severity.
};

/// Finds the rule that `word` names: an id or an alias (also without its tool's prefix); null if
/// none.
[[nodiscard]] const Rule *findRule(std::span<const Rule *const> rules, std::string_view word);

/// The rules that a preset, category, id or alias stands for; empty for an unknown word.
[[nodiscard]] std::vector<const Rule *> rulesNamed(std::span<const Rule *const> rules,
                                                   std::string_view word);

/// "unknown rule 'x'; did you mean 'y'?"
[[nodiscard]] std::string unknownRuleMessage(std::span<const Rule *const> rules,
                                             std::string_view word);

/// Which rules run, and how severe their findings are.
class Selection {
public:
  /// An unknown word is an Error with the nearest known one.
  static Result<Selection> make(std::span<const Rule *const> rules,
                                const SelectionRequest &request);
  /// What a further request makes of it. Severities that were given stay, unless they are given
  /// anew or the request chooses a rule that was `off`.
  [[nodiscard]] Result<Selection> with(const SelectionRequest &request) const;

  /// `off` for a rule that is not selected.
  [[nodiscard]] Severity severityOf(const Rule &rule) const;
  /// True where the user gave the severity; rules then do not adjust it.
  [[nodiscard]] bool isForced(const Rule &rule) const;
  /// True where only "recommended" chose a rule whose own severity is info: then only findings that
  /// it raises above info are shown.
  [[nodiscard]] bool wantsOnlyRaised(const Rule &rule) const;
  [[nodiscard]] std::span<const Rule *const> rules() const { return rules_; }

private:
  struct Choice {
    bool on = false;
    bool only_raised = false;
    std::optional<Severity> given; ///< By the user.
  };
  [[nodiscard]] Status choose(const std::vector<std::string> &words, bool on);
  [[nodiscard]] Status apply(const SelectionRequest &request);

  std::span<const Rule *const> rules_;
  std::unordered_map<const Rule *, Choice> choices_;
};

/// What is asked for some files beyond what holds for all.
struct PathOverride {
  std::vector<std::string> paths; ///< Globs on paths as shown to the user; see base/glob.hpp.
  SelectionRequest selection;
};

/// The selection that holds for each file. Safe to ask from several threads at once.
class FileSelections {
public:
  /// `request` holds for all files; then, in this order, the overrides whose paths match the file;
  /// then `last`, for all files again.
  static Result<FileSelections> make(std::span<const Rule *const> rules,
                                     const SelectionRequest &request,
                                     std::span<const PathOverride> overrides,
                                     const SelectionRequest &last);
  /// The same one for all files.
  explicit FileSelections(Selection selection);

  [[nodiscard]] std::span<const Rule *const> rules() const { return base().rules(); }
  /// Where no override matches.
  [[nodiscard]] const Selection &base() const { return *base_; }
  [[nodiscard]] const Selection &of(const std::string &file) const;
  /// True for a rule that runs on some file.
  [[nodiscard]] bool runs(const Rule &rule) const { return running_.contains(&rule); }

private:
  void noteRunning(const Selection &selection);
  void indexPaths();
  /// The numbers of those whose paths match, ascending.
  [[nodiscard]] std::vector<uint32_t> overridesOf(const std::string &file) const;

  std::shared_ptr<const Selection> base_;
  std::vector<PathOverride> overrides_;
  GlobSet paths_; ///< Of all overrides.
  /// By the first of equal paths, the overrides that have it.
  std::unordered_map<uint32_t, std::vector<uint32_t>> overrides_of_path_;
  SelectionRequest request_;
  SelectionRequest last_;
  std::unordered_set<const Rule *> running_;
  /// What was found out so far.
  struct Known {
    std::mutex lock;
    /// By which overrides match. Making one cannot fail: their words were checked.
    std::map<std::vector<uint32_t>, std::shared_ptr<const Selection>> made;
    std::map<std::string, const Selection *> by_file;
  };
  std::shared_ptr<Known> known_ = std::make_shared<Known>();
};

} // namespace lockstep::engine
