#pragma once
#include "engine/runner.hpp"
#include "history/simulation.hpp"
#include "session/layer.hpp"
#include "session/outcome.hpp"
#include "session/scope.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace lockstep::session {

/// Whether what was found out is kept for the next question.
enum class Life : uint8_t { one_question, many_questions };

/// One history's way to its findings, on each server version that it must run on. One that lives
/// keeps the timeline and the rules' judgement of each migration, and makes again what follows an
/// edit.
class HistoryCheck {
public:
  /// Refers to its arguments, but for `found`. Files are parsed on `pool`; empty: on the thread
  /// that runs a version.
  HistoryCheck(const Settings &settings, const Scope &scope, const FileSelections &selections,
               FoundHistory found, Life life, PoolSource pool);
  HistoryCheck(const HistoryCheck &) = delete;
  HistoryCheck &operator=(const HistoryCheck &) = delete;

  [[nodiscard]] const History &history() const { return *history_; }
  /// How many server versions there are.
  [[nodiscard]] size_t versions() const { return versions_.size(); }
  /// How many files are read for each.
  [[nodiscard]] size_t files() const { return files_; }

  /// Brings a version up to date; false where it was stopped. Versions, and those of different
  /// histories, may run side by side.
  [[nodiscard]] bool run(size_t version, const std::stop_token &stop);
  /// What all versions came to, once each has run.
  [[nodiscard]] CheckResult result();

  /// The texts of these files may have changed.
  void textsChanged(const std::set<std::string> &paths);
  /// Takes over another reading of the history: what both begin with alike is kept.
  void become(FoundHistory found, const std::set<std::string> &changed);

  /// True while nothing has touched it since all versions ran.
  [[nodiscard]] bool isCurrent() const;
  /// The timeline on the first version, for a history that lives and has run.
  [[nodiscard]] const Timeline &timeline() const { return versions_.front()->timeline; }
  [[nodiscard]] const SimulationOptions &options() const { return versions_.front()->options; }
  [[nodiscard]] Scripts &scripts() { return *scripts_; }

private:
  /// What is known on one server version.
  struct Version {
    SimulationOptions options;
    Timeline timeline;
    std::vector<Judgement> judgements;
    /// Files that were read, with the places of their migrations; on the first version only.
    std::vector<std::pair<size_t, std::string>> files;
    RunResult run;
    std::optional<Origin> incomplete_since; ///< See Catalog::incompleteSince.
    bool is_current = false;
  };

  void lookAround();
  static void cutTo(Version &version, size_t migrations);
  void cutTo(size_t migrations);
  void takeDeleted(const SimulationSink &sink) const;

  const Settings &settings_;
  const Scope &scope_;
  const FileSelections &selections_;
  const Life life_;
  const RuleSettings rule_settings_;
  const FileReader read_;
  std::shared_ptr<const History> history_;
  FileSet wanted_;
  Reporting reporting_;
  std::vector<DeletedMigration> deleted_;
  size_t files_ = 0;
  std::unordered_set<std::string_view> unwanted_; ///< Paths; mostly none.
  std::unique_ptr<Scripts> scripts_;
  std::vector<std::unique_ptr<Version>> versions_;
  std::optional<CheckResult> result_; ///< Of a history that lives, while nothing touches it.
};

} // namespace lockstep::session
