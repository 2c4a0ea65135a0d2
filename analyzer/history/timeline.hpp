#pragma once
#include "base/persistent_map.hpp"
#include "history/layer.hpp"
#include "history/server_session.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lockstep::history {

/// What the files of a history leave to those after them, beside the server's session.
struct RunnerState {
  uint32_t statements = 0; ///< How many there were.
  uint32_t units = 0;      ///< How many there were.
  /// Qualified names of relations that the history had not made → the first statement that uses
  /// them.
  PersistentMap<std::string, Origin> first_uses;
  /// Files that other files include, and their bytes, each time they run.
  uint32_t inclusions = 0;
  uint64_t included_bytes = 0;
  /// SET of the migrations that the runner repeats at the start of each deploy.
  std::vector<std::shared_ptr<const Statement>> setup;
};

/// The simulated server and runner between two migrations: all that the later ones depend on. A
/// value, cheap to copy.
struct Checkpoint {
  ServerSession session;
  RunnerState runner;

  [[nodiscard]] Numbers numbers() const {
    return {runner.statements, runner.units, session.transactions()};
  }
};

/// A history as simulated so far: a checkpoint before its first migration and after each that ran.
/// It depends on the texts, on how the history runs, on the simulation's options, and on nothing
/// that is asked of it: steps are made again from a checkpoint. A value, which one thread uses at a
/// time: see Simulation.
class Timeline {
public:
  /// False before anything ran: then there is not even a base schema.
  [[nodiscard]] bool hasStarted() const { return !checkpoints_.empty(); }
  /// How many migrations ran.
  [[nodiscard]] size_t migrations() const {
    return checkpoints_.empty() ? 0 : checkpoints_.size() - 1;
  }
  /// Forgets what came after the first `count` migrations.
  void cutTo(size_t count) {
    if (count < migrations())
      checkpoints_.erase(checkpoints_.begin() + static_cast<std::ptrdiff_t>(count) + 1,
                         checkpoints_.end());
  }
  /// Forgets the base schema, too.
  void clear() { checkpoints_.clear(); }
  void add(Checkpoint checkpoint) { checkpoints_.push_back(std::move(checkpoint)); }
  /// After the first `count` migrations, which ran.
  [[nodiscard]] const Checkpoint &after(size_t count) const { return checkpoints_[count]; }
  /// What a deploy that ends after the first `count` migrations leaves behind: transactions
  /// committed, the session closed.
  [[nodiscard]] Catalog catalogAfter(size_t count) const;

private:
  std::vector<Checkpoint> checkpoints_;
};

/// From which migration on to run again where what comes after the first `count` has changed: those
/// of a change set go out together, so that its steps are only had from its first one on.
[[nodiscard]] size_t startOfChange(const ChangeSetMembers *members, size_t count);

} // namespace lockstep::history
