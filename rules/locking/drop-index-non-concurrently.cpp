#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// True where the change set makes a table with an index of that name: what it drops IF EXISTS
/// before is the remains of an earlier load (pg_dump --clean).
static bool isMadeAnew(const DropObject &op, const Step &step) {
  if (!op.if_exists || !step.at.change_set)
    return false;
  const Catalog &after = step.at.change_set->after;
  const Relation *index = after.findRelation(op.name);
  const Relation *table = index && index->index ? after.relation(index->index->table) : nullptr;
  return table && step.at.isNew(*table);
}

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::index || op.concurrently)
    return;
  Knowledge knowledge = step.before().knowledgeOf(op.name);
  if (knowledge == Knowledge::absent || (knowledge == Knowledge::unknown && isMadeAnew(op, step)))
    return;
  const Relation *index = step.before().findRelation(op.name);
  if (index) {
    // The index of a constraint is refused here, a partitioned one cannot go concurrently.
    if (!index->index || !index->index->constraint.empty() ||
        index->kind == RelationKind::partitioned_index)
      return;
    const Relation *table = step.before().relation(index->index->table);
    if (table && step.at.isNew(*table))
      return;
  }
  const Relation *table = index ? step.before().relation(index->index->table) : nullptr;
  FindingBuilder finding =
      report.add(op.where, "dropping index '{}' locks {}; {}", shown(op.name),
                 table ? format("'{}'", shown(*table)) : std::string("its table"),
                 lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, op.name))
      .help("DROP INDEX CONCURRENTLY{}", outsideTransaction(step.at));
  std::optional<uint32_t> end = endOfWord(step.at, "index");
  if (end && step.at.in_transaction != Certainty::yes && !op.several && !op.cascade)
    finding.fix(
        {"drop the index concurrently", FixSafety::unsafe, {{{*end, *end}, " CONCURRENTLY"}}});
}

static constexpr std::string_view aliases[] = {"squawk:require-concurrent-index-deletion",
                                               "pgls:requireConcurrentIndexDeletion", "atlas:PG102",
                                               "strong_migrations:remove_index"};

extern constexpr Rule drop_index_non_concurrently{
    .id = "drop-index-non-concurrently",
    .category = Category::locking,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
