#include "effects/facts/effect.hpp"

#include <algorithm>

namespace lockstep::effects {

std::string_view name(Duration duration) {
  switch (duration) {
  case Duration::instant:
    return "instant";
  case Duration::rows:
    return "rows";
  case Duration::unknown:
    return "unknown";
  }
  return "unknown";
}

LockMode Effects::lockOn(std::string_view relation) const {
  for (const Lock &lock : locks)
    if (lock.relation.name == relation)
      return lock.mode;
  return LockMode::none;
}

/// What befalls the relation itself, else a partition or child of the one that the statement names.
template <class Effect>
static const Effect *effectOn(const std::vector<Effect> &all, std::string_view relation,
                              const std::vector<Lock> &locks) {
  for (const Effect &effect : all)
    if (effect.relation.name == relation)
      return &effect;
  const auto reasonOf = [&](std::string_view name) {
    const auto lock = std::find_if(locks.begin(), locks.end(),
                                   [&](const Lock &each) { return each.relation.name == name; });
    return lock == locks.end() ? LockReason::read : lock->reason;
  };
  if (reasonOf(relation) != LockReason::target)
    return nullptr;
  for (const Effect &effect : all)
    if (reasonOf(effect.relation.name) == LockReason::partition)
      return &effect;
  return nullptr;
}

const Rewrite *Effects::rewriteOf(std::string_view relation) const {
  return effectOn(rewrites, relation, locks);
}

bool Effects::rewritesTable(std::string_view relation) const {
  return rewriteOf(relation) != nullptr;
}

const Scan *Effects::scanOf(std::string_view relation) const {
  return effectOn(scans, relation, locks);
}

LockMode Effects::strongest() const {
  LockMode mode = LockMode::none;
  for (const Lock &lock : locks)
    mode = std::max(mode, lock.mode);
  return mode;
}

} // namespace lockstep::effects
