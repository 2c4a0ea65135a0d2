#pragma once
#include "session/check_result.hpp"
#include "session/effects_result.hpp"
#include "session/layer.hpp"
#include "session/schema_result.hpp"

#include <string>
#include <vector>

namespace lockstep::session {

/// What became of the paths that were asked for.
struct Reach {
  std::vector<std::string> unmatched;  ///< Named nothing to look at.
  std::vector<std::string> unreadable; ///< What cannot be read, and why: sentences.
  bool has_start = false;              ///< A history has the version that the request starts after.
  bool lacks_start = false;            ///< A history does not.
  std::string near_start;              ///< The version most like it; empty where none is.
};

/// Adds what became of other paths.
void merge(Reach &into, Reach &&more);

struct CheckOutcome {
  CheckResult result;
  Reach reach;
};

struct EffectsOutcome {
  EffectsResult result;
  Reach reach;
};

struct SchemaOutcome {
  SchemaResult result;
  Reach reach;
};

/// Adds what another history came to; `settle` follows the last one.
void add(CheckResult &into, CheckResult &more);
/// Sorts and counts what was added.
void settle(CheckResult &result);

/// Adds what another project came to, counted; `order` follows the last one.
void merge(CheckOutcome &into, CheckOutcome &&more);
/// Sorts what was merged.
void order(CheckResult &result);
/// Adds what another project came to.
void merge(EffectsOutcome &into, EffectsOutcome &&more);
void merge(SchemaOutcome &into, SchemaOutcome &&more);

} // namespace lockstep::session
