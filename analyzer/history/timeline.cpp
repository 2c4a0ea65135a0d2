#include "history/timeline.hpp"

#include <algorithm>

namespace lockstep::history {

Catalog Timeline::catalogAfter(size_t count) const {
  ServerSession session = checkpoints_[count].session;
  session.endChangeSet();
  session.restart();
  return session.catalog();
}

size_t startOfChange(const ChangeSetMembers *members, size_t count) {
  if (!members)
    return count;
  const auto first = std::find(members->begin(), members->end(), true);
  const auto last = std::find(members->rbegin(), members->rend(), true).base();
  const auto begin = static_cast<size_t>(first - members->begin());
  const auto end = static_cast<size_t>(last - members->begin());
  return begin < count && count < end ? begin : count;
}

} // namespace lockstep::history
