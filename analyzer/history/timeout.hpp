#pragma once
#include "history/layer.hpp"
#include "history/timeline.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace lockstep::history {

/// The value of a time setting as SET takes it, in milliseconds: "5s", "1500", "2 min". Nothing
/// where it cannot be told.
[[nodiscard]] std::optional<int64_t> timeoutMilliseconds(std::string_view value);

/// What holds of lock_timeout, statement_timeout and their like at a statement.
struct Timeout {
  bool is_set = false; ///< The session has a value: the history's, or one it starts with.
  /// 0: off. Nothing where there is no value or where it cannot be told.
  std::optional<int64_t> milliseconds;

  /// True where the server gives up after some time.
  [[nodiscard]] bool limits() const { return is_set && milliseconds != 0; }
};
/// After SET, SET LOCAL, RESET and set_config, and after what the ends of transactions took back.
[[nodiscard]] Timeout timeoutAt(const Catalog &before, std::string_view setting);

/// The locks that the statement takes on tables older than the change set and that its transaction
/// did not hold before.
[[nodiscard]] std::span<const HeldLock> locksTakenBy(const StatementStep &step);

/// The first lock that the statement takes, of those on tables older than the change set, that
/// makes writers wait (SHARE or stronger); null if none, or if its transaction held it already.
[[nodiscard]] const HeldLock *blockingLockOf(const StatementStep &step);

} // namespace lockstep::history
