#include "session/outcome.hpp"

#include "session/scope.hpp"

#include <algorithm>

namespace lockstep::session {

/// Files of a later history mostly follow those that are there.
static void append(SourceMap &into, SourceMap &more) {
  if (into.empty())
    return into.swap(more);
  while (!more.empty())
    into.insert(into.end(), more.extract(more.begin()));
}

void add(CheckResult &into, CheckResult &more) {
  append(into.findings, more.findings);
  append(into.notices, more.notices);
  append(into.histories, more.histories);
  append(into.files, more.files);
  append(into.sources, more.sources);
  into.summary.files += more.summary.files;
  into.summary.migrations += more.summary.migrations;
  into.summary.statements += more.summary.statements;
  into.summary.unanalyzed += more.summary.unanalyzed;
}

void order(CheckResult &result) {
  sortFindings(result.findings);
  if (!std::is_sorted(result.files.begin(), result.files.end()))
    std::sort(result.files.begin(), result.files.end());
}

void settle(CheckResult &result) {
  order(result);
  countFindings(result.findings, result.summary);
}

void merge(Reach &into, Reach &&more) {
  append(into.unmatched, more.unmatched);
  append(into.unreadable, more.unreadable);
  into.has_start |= more.has_start;
  into.lacks_start |= more.lacks_start;
  if (into.near_start.empty())
    into.near_start = std::move(more.near_start);
}

void merge(CheckOutcome &into, CheckOutcome &&more) {
  merge(into.reach, std::move(more.reach));
  add(into.result, more.result);
  into.result.summary.errors += more.result.summary.errors;
  into.result.summary.warnings += more.result.summary.warnings;
  into.result.summary.infos += more.result.summary.infos;
  into.result.summary.suppressed += more.result.summary.suppressed;
}

void merge(EffectsOutcome &into, EffectsOutcome &&more) {
  merge(into.reach, std::move(more.reach));
  append(into.result.statements, more.result.statements);
  append(into.result.notices, more.result.notices);
  into.result.unanalyzed += more.result.unanalyzed;
  into.result.sources.merge(more.result.sources);
}

void merge(SchemaOutcome &into, SchemaOutcome &&more) {
  merge(into.reach, std::move(more.reach));
  append(into.result.histories, more.result.histories);
  append(into.result.notices, more.result.notices);
  into.result.sources.merge(more.result.sources);
}

} // namespace lockstep::session
