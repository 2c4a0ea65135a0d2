#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Truncate &op, const Step &step, Report &report) {
  for (const QualifiedName &table : op.tables) {
    if (step.at.isNew(table))
      continue;
    report
        .add(op.where, "truncating '{}' deletes all its rows; {}", shown(table),
             lockPhrase(step.at, LockMode::access_exclusive))
        .object(fullName(step, table))
        .help("delete only the rows that must go, in batches outside the migration");
  }
}

static constexpr std::string_view aliases[] = {"squawk:ban-truncate", "pgls:banTruncate"};

extern constexpr Rule truncate{
    .id = "truncate",
    .category = Category::data_loss,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
