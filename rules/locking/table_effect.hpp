#pragma once
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace lockstep::rules {

/// The first entry for the table, or for one of its partitions or children: a partitioned table has
/// no rows of its own. Null where there is none for that reason.
template <class Entry, class Reason>
const Entry *entryBelow(const std::vector<Entry> &entries, const Step &step,
                        const QualifiedName &table, Reason reason) {
  // Most statements have no effect of this kind on anything.
  if (std::none_of(entries.begin(), entries.end(),
                   [&](const Entry &entry) { return entry.reason == reason; }))
    return nullptr;
  std::vector<std::string> names{fullName(step, table)};
  if (const Relation *relation = step.before().findRelation(table))
    for (const Relation *below : step.before().withDescendants(*relation))
      names.push_back(below->qualifiedName());
  auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) {
    return entry.reason == reason &&
           std::find(names.begin(), names.end(), entry.relation.name) != names.end();
  });
  return found == entries.end() ? nullptr : &*found;
}

inline const Scan *scanBelow(const Step &step, const QualifiedName &table, ScanReason reason) {
  return entryBelow(step.effects.scans, step, table, reason);
}

inline const Rewrite *rewriteBelow(const Step &step, const QualifiedName &table,
                                   RewriteReason reason) {
  return entryBelow(step.effects.rewrites, step, table, reason);
}

} // namespace lockstep::rules
