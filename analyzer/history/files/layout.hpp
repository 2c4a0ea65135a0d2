#pragma once
#include "base/range.hpp"
#include "history/layer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// What the server sees of a unit (DESIGN: execution models).
enum class ExecutionModel : uint8_t {
  tx_all,     ///< One transaction around all migrations of the change set.
  tx_file,    ///< One transaction around each unit.
  implicit,   ///< The whole text in one simple-query message, without BEGIN.
  pipeline,   ///< An extended-protocol batch with one Sync at its end.
  autocommit, ///< One statement at a time.
  unknown,    ///< Plain SQL: findings must hold under both tx_file and autocommit.
};

/// As reports and the configuration say it: "tx-file".
[[nodiscard]] std::string_view name(ExecutionModel model);
[[nodiscard]] std::optional<ExecutionModel> executionModelNamed(std::string_view name);

enum class Direction : uint8_t { up, down };

/// The stretch of one file that the runner executes under one execution model.
struct Unit {
  Direction direction = Direction::up;
  ExecutionModel model = ExecutionModel::unknown;
  Range section;            ///< Bytes of the file; what lies outside is not SQL of this unit.
  std::string model_reason; ///< Why the model is not the framework's usual one, for messages.
  std::string name;         ///< Where a file has several: the change-set's author:id.
  bool repeatable = false;  ///< Runs again when its text changes.
};

/// A stretch of a file that the parser shall not see as it stands.
struct Mask {
  Range range;
  /// Put at the start of the range; blanks fill the rest, line breaks stay. Not longer than it.
  std::string text;
};

/// A directive or form of the runner's own language that does not do what it looks like.
struct RunnerProblem {
  Range where;
  std::string message;
  std::string help;
};

/// A place where another file runs: psql's \i.
struct Inclusion {
  uint32_t at = 0;
  std::string path; ///< As displayed, or the end of that.
};

/// How a runner reads one file.
struct FileLayout {
  std::vector<Unit> units; ///< In the order of the text, which is that of execution.
  std::vector<Mask> masks; ///< Placeholders, directives, meta-commands: in any order.
  std::vector<RunnerProblem> problems;
  std::vector<Inclusion> inclusions; ///< In the order of the text.
  /// Stretches of several statements that one message takes to the server, whatever the unit's
  /// model: psql's \;. In the order of the text.
  std::vector<Range> messages;
  /// Where the runner connects anew: psql's \connect. In the order of the text.
  std::vector<uint32_t> connections;

  /// Index of the unit that the byte belongs to; units.size() where it belongs to none.
  [[nodiscard]] size_t unitAt(uint32_t offset) const;
  [[nodiscard]] bool has(Direction direction) const;
};

/// `text` with its masks laid over it and, in up-only or down-only reading, the other direction's
/// units blanked: the same length, so that no position moves.
[[nodiscard]] std::string maskedText(std::string_view text, const FileLayout &layout, bool keep_up,
                                     bool keep_down);
/// Whether maskedText would change anything.
[[nodiscard]] bool needsMask(const FileLayout &layout, bool keep_up, bool keep_down);

} // namespace lockstep::history
