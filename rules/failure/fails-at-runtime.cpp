#include "engine/refusal.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <array>

namespace lockstep::rules {

namespace {
/// What to do about each SQLSTATE.
struct Advice {
  std::string_view sqlstate;
  std::string_view help;
};
} // namespace

static constexpr std::array advice{
    Advice{"42P07", "drop or rename the one that is there first, or leave this statement out"},
    Advice{"42710", "drop or rename the one that is there first, or leave this statement out"},
    Advice{"42701", "the column is there already: leave it out, or choose another name"},
    Advice{"42723", "use CREATE OR REPLACE, or drop the one that is there first"},
    Advice{"42P06", "leave this statement out, or write IF NOT EXISTS"},
    Advice{"42601", "write it as the oldest version that you run knows it, or set `postgres` in "
                    ".lockstep.yaml to the versions that you run"},
    Advice{"25P01", "put it between BEGIN and COMMIT, or leave it out"},
    Advice{"42P01", "an earlier statement dropped or renamed it: use what is there now"},
    Advice{"42703", "an earlier statement dropped or renamed it, or it never was: use a column "
                    "that is there"},
    Advice{"42704", "an earlier statement dropped or renamed it, or it never was: use what is "
                    "there"},
    Advice{"3F000", "create the schema first"},
    Advice{"2BP01", "drop what depends on it first, by name, or what it is a part of"},
    Advice{"42830", "add a PRIMARY KEY or UNIQUE constraint on exactly those columns first"},
    Advice{"42P13", "drop the function first, in the same transaction, and grant it again"},
    Advice{"42P17", "change the definition: the server accepts no such one"},
    Advice{"25001", "run it outside a transaction"},
};

static std::string_view helpFor(const Refusal &refusal) {
  for (const Advice &each : advice)
    if (each.sqlstate == refusal.sqlstate)
      return each.help;
  return "change the statement: it cannot run on the schema that the earlier migrations leave";
}

static void check(const Step &step, Report &report) {
  const std::optional<Refusal> refusal = refusalAt(step, report.postgres());
  if (!refusal || refusesTypeChange(step.op, *refusal) ||
      refusesPartitionedIndex(step.op, *refusal))
    return;
  FindingBuilder finding =
      report.add(refusal->where.empty() ? whereOf(step.op) : refusal->where,
                 "PostgreSQL refuses this: {} (SQLSTATE {})", refusal->message, refusal->sqlstate);
  finding.help("{}", helpFor(*refusal));
  if (!refusal->object.empty())
    finding.object(refusal->object);
}

extern constexpr Rule fails_at_runtime{
    .id = "fails-at-runtime",
    .category = Category::failure,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
