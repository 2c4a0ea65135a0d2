#pragma once
#include "history/layer.hpp"
#include "history/step.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// How a migration stands among the others of its history.
struct Standing {
  /// An earlier one of the same version, where the runner tells migrations apart by it.
  const Migration *same_version = nullptr;
  /// The last one outside the change set that comes after this one, which is new: servers may have
  /// run that one already.
  const Migration *overtaken_by = nullptr;
  /// The first line that differs from what was there before the change set, where servers may have
  /// run that and will not run this.
  std::optional<Range> changed;
  /// The file was there before the change set, and is no more.
  bool deleted = false;
  /// Nothing takes it back, though its runner or the other migrations have down parts. Only where
  /// down units are reported on.
  bool lacks_down = false;
};

/// How the migrations of a history stand among each other.
class Standings {
public:
  /// The text that a file of the change set had before it; nullopt where it was not there.
  using TextBefore = std::function<std::optional<std::string>(const MigrationFile &)>;
  /// Refers to its arguments; null `members`: no change set.
  Standings(const History &history, const ChangeSetMembers *members, const TextBefore &text_before,
            bool down);

  /// Of a migration, by one of its files as read.
  [[nodiscard]] Standing of(uint32_t migration, uint32_t file, std::string_view text,
                            const FileLayout &layout) const;

private:
  [[nodiscard]] bool lacksDown(const Migration &migration, const FileLayout &layout) const;

  const History &history_;
  const ChangeSetMembers *members_;
  const TextBefore &text_before_;
  bool down_;
  std::vector<uint32_t> same_version_; ///< By migration: an earlier one, or itself.
  const Migration *last_outside_ = nullptr;
  bool has_down_files_ = false;
};

} // namespace lockstep::history
