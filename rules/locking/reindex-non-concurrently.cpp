#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static std::string_view nounOf(ReindexKind kind) {
  switch (kind) {
  case ReindexKind::index:
    return "index";
  case ReindexKind::table:
    return "table";
  case ReindexKind::schema:
    return "schema";
  case ReindexKind::database:
  case ReindexKind::system:
    return "database";
  }
  return "";
}

static void check(const Reindex &op, const Step &step, Report &report) {
  // The server has no concurrent form for the system catalogs.
  if (op.concurrently || op.kind == ReindexKind::system)
    return;
  std::string what = op.name.empty() ? std::string("the database")
                                     : format("{} '{}'", nounOf(op.kind), shown(op.name));
  FindingBuilder finding = report.add(
      op.where,
      "REINDEX of {} blocks writes with SHARE on the table, and with ACCESS EXCLUSIVE on the index "
      "every query that would be planned on it, {}",
      what, heldUntil(step.at));
  if (op.kind == ReindexKind::index || op.kind == ReindexKind::table)
    finding.object(fullName(step, op.name));
  finding.help("REINDEX {} CONCURRENTLY{}",
               op.kind == ReindexKind::index   ? "INDEX"
               : op.kind == ReindexKind::table ? "TABLE"
                                               : "…",
               outsideTransaction(step.at));
  std::optional<uint32_t> end = endOfWord(step.at, nounOf(op.kind));
  if (end && step.at.in_transaction != Certainty::yes)
    finding.fix("reindex concurrently", FixSafety::unsafe, {{*end, *end}, " CONCURRENTLY"});
}

static constexpr std::string_view aliases[] = {"squawk:require-concurrent-reindex",
                                               "pgls:requireConcurrentReindex"};

extern constexpr Rule reindex_non_concurrently{
    .id = "reindex-non-concurrently",
    .category = Category::locking,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
