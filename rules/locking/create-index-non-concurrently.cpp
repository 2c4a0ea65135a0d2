#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateIndex &op, const Step &step, Report &report) {
  if (op.concurrently || step.effects.index_builds.empty())
    return;
  const Relation *table = step.before().findRelation(op.table);
  bool partitioned = table && table->kind == RelationKind::partitioned_table;
  std::string index = op.name.empty() ? std::string("this index") : format("index '{}'", op.name);
  FindingBuilder finding = report.add(op.where, "building {} reads all of '{}'; {}", index,
                                      shown(op.table), lockPhrase(step.at, LockMode::share));
  finding.object(fullName(step, op.table));
  if (partitioned) {
    finding.help(
        "CREATE INDEX … ON ONLY {}, then build it CONCURRENTLY on each partition and ALTER "
        "INDEX … ATTACH PARTITION",
        shown(op.table));
    return;
  }
  finding.help("CREATE INDEX CONCURRENTLY{}", outsideTransaction(step.at));
  if (step.at.in_transaction != Certainty::yes)
    finding.fix("build the index concurrently", FixSafety::unsafe,
                {op.concurrently_at, " CONCURRENTLY"});
}

static constexpr std::string_view aliases[] = {"squawk:require-concurrent-index-creation",
                                               "pgls:requireConcurrentIndexCreation",
                                               "eugene:E6",
                                               "atlas:PG101",
                                               "atlas:concurrent_index",
                                               "strong_migrations:add_index"};

extern constexpr Rule create_index_non_concurrently{
    .id = "create-index-non-concurrently",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
