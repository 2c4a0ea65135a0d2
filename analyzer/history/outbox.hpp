#pragma once
#include "history/timeline.hpp"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace lockstep {

/// Keeps what a simulation has to tell for a while and hands it over a few hundred statements at a
/// time, in order. Simulating and judging a statement each run through more code than a processor's
/// instruction cache holds: taking turns less often, both are a good deal faster.
class Outbox {
public:
  /// Refers to `sink`, which must outlive it.
  explicit Outbox(const SimulationSink &sink) : sink_(sink) {}

  [[nodiscard]] bool wantsFiles() const { return sink_.file != nullptr; }
  [[nodiscard]] bool wantsPassing() const { return sink_.passing != nullptr; }

  void file(FileReading reading);
  /// `layout` is what the step's unit belongs to.
  void passing(StatementStep step, std::shared_ptr<const FileLayout> layout);
  /// A complete change set. `up` is what it takes back, where it is one of down units.
  void changeSet(std::shared_ptr<const ChangeSet> set, std::shared_ptr<const ChangeSet> up);
  void unreadable(std::string path, Error error);
  /// Hands over all that is left.
  void flush();

private:
  struct Passing {
    StatementStep step;
    std::shared_ptr<const FileLayout> layout;
  };
  struct Complete {
    std::shared_ptr<const ChangeSet> set;
    std::shared_ptr<const ChangeSet> up;
  };
  struct Unreadable {
    std::string path;
    Error error;
  };
  using Letter = std::variant<FileReading, Passing, Complete, Unreadable>;

  void add(Letter letter, size_t statements);

  const SimulationSink &sink_;
  std::vector<Letter> letters_;
  size_t statements_ = 0; ///< In `letters_`.
};

} // namespace lockstep
