#pragma once
#include "engine/baseline.hpp"
#include "session/history_check.hpp"
#include "session/layer.hpp"
#include "session/outcome.hpp"
#include "session/scope.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace lockstep::session {

/// At which migration the schema is wanted.
struct SchemaRequest {
  std::string at;    ///< After this one; empty: at the end.
  bool diff = false; ///< What changes after `from` up to `at`.
  std::string from;  ///< Empty: from the beginning.
};

/// Paths that share a configuration, and what is known of their histories. Answers an Error where
/// something is wrong with what was asked for: an unknown rule, framework or version.
class Project {
public:
  Project(Settings settings, Scope scope, std::span<const Rule *const> rules,
          Life life = Life::one_question);

  /// The configuration's, overruled by the request.
  [[nodiscard]] const Settings &settings() const { return state_->settings; }
  [[nodiscard]] const Scope &scope() const { return state_->scope; }

  /// Finds the histories, simulates them on every server version asked for and runs the rules. The
  /// Error of a run that was stopped is empty.
  [[nodiscard]] Result<CheckOutcome> check(const std::stop_token &stop = {});
  /// What each statement does, on the first of the server versions asked for.
  [[nodiscard]] Result<EffectsOutcome> effects();
  /// What each history leaves behind, on the first of the server versions asked for; also where
  /// only a change set is checked.
  [[nodiscard]] Result<SchemaOutcome> schema(const SchemaRequest &request = {});
  /// The files that would be looked at, sorted.
  [[nodiscard]] Result<std::vector<std::string>> files() const;

  /// The baseline at this path; empty for no path.
  [[nodiscard]] Result<Baseline> baseline(const std::string &path) const;
  /// Another baseline than the settings name, or none: "".
  void setBaseline(std::string path) { state_->settings.baseline = std::move(path); }
  /// Entries of a baseline that would have been answered by what was checked and were not: their
  /// rule ran, and their file was checked or is gone.
  [[nodiscard]] std::vector<Baseline::Entry> staleEntries(const Baseline &baseline,
                                                          const CheckResult &result) const;

  /// A file as shown to the user has another text, came or went.
  void fileChanged(const std::string &path);
  /// The disk or the repository's index is another one: what belongs to a change set may be, too.
  void repositoryChanged();
  /// Files that exist besides those on the disk; see Scope::unsaved.
  void setUnsaved(std::vector<std::string> files);

private:
  /// What histories refer to; it stays where it is when the project moves.
  struct State {
    Settings settings;
    Scope scope;
    std::optional<FileSelections> selections;
  };

  [[nodiscard]] Result<Discovery> look(std::set<std::string> *looked_at) const;
  [[nodiscard]] Status bringUpToDate();
  void takeHistories(std::vector<FoundHistory> found);
  [[nodiscard]] bool runAll(const std::stop_token &stop);
  [[nodiscard]] Status suppress(CheckResult &result) const;
  [[nodiscard]] HistoryCheck *livingOne(const History &history) const;

  std::unique_ptr<State> state_;
  std::span<const Rule *const> rules_;
  Life life_;
  std::vector<std::unique_ptr<HistoryCheck>> histories_;
  /// The files of a project that lives, base schemas included; they belong to its histories.
  std::unordered_set<std::string_view> own_files_;
  Discovery discovery_;             ///< Without its histories.
  Reach reach_;                     ///< Of its histories.
  std::set<std::string> looked_at_; ///< Files that discovery read.
  std::set<std::string> changed_;   ///< Since the last check.
  bool look_again_ = true;          ///< The histories may be others.
};

} // namespace lockstep::session
