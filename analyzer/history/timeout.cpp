#include "history/timeout.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace lockstep::history {

std::optional<int64_t> timeoutMilliseconds(std::string_view value) {
  // The units of guc.c, time_unit_conversion_table; without one it is milliseconds.
  static constexpr std::array<std::pair<std::string_view, double>, 7> units{{{"", 1},
                                                                             {"us", 0.001},
                                                                             {"ms", 1},
                                                                             {"s", 1000},
                                                                             {"min", 60000},
                                                                             {"h", 3600000},
                                                                             {"d", 86400000}}};
  value = trim(value);
  double number = 0;
  const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
  if (parsed.ec != std::errc())
    return std::nullopt;
  std::string_view unit = trim(value.substr(static_cast<size_t>(parsed.ptr - value.data())));
  for (const auto &[name, factor] : units)
    if (name == unit)
      return static_cast<int64_t>(number * factor + 0.5);
  return std::nullopt;
}

Timeout timeoutAt(const Catalog &before, std::string_view setting) {
  Timeout timeout;
  std::optional<std::string> value = before.setting(setting);
  timeout.is_set = value && !value->empty();
  if (timeout.is_set)
    timeout.milliseconds = timeoutMilliseconds(*value);
  return timeout;
}

std::span<const HeldLock> locksTakenBy(const StatementStep &step) {
  if (!step.transaction)
    return {};
  // They stand in the order of the statements that took them.
  const std::vector<HeldLock> &locks = step.transaction->locks;
  auto first = std::lower_bound(
      locks.begin(), locks.end(), step.number,
      [](const HeldLock &lock, uint32_t number) { return lock.statement < number; });
  auto last = std::find_if(first, locks.end(),
                           [&](const HeldLock &lock) { return lock.statement != step.number; });
  return {first, last};
}

/// True where queries wait for the lock. A materialized view is only read; nothing locks a
/// composite type but its own DDL.
static bool blocksQueries(const HeldLock &lock, const StatementStep &step) {
  const Relation *relation = step.before.relation(lock.relation.id);
  if (relation && relation->kind == RelationKind::composite_type)
    return false;
  const bool is_read_only = relation && relation->kind == RelationKind::materialized_view;
  return lock.mode >= (is_read_only ? LockMode::access_exclusive : LockMode::share);
}

const HeldLock *blockingLockOf(const StatementStep &step) {
  for (const HeldLock &lock : locksTakenBy(step))
    if (blocksQueries(lock, step))
      return &lock;
  return nullptr;
}

} // namespace lockstep::history
