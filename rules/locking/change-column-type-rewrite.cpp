#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  if (!rewriteBelow(step, op.target.relation, RewriteReason::type_change))
    return;
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  bool known = column && !column->type.empty();
  FindingBuilder finding =
      report.add(op.where, "changing '{}.{}'{} to {} {} '{}'; {}", shown(op.target.relation),
                 op.column, known ? " from " + sqlType(column->type) : std::string(),
                 sqlType(op.type), known ? "rewrites" : "may rewrite", shown(op.target.relation),
                 lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, op.target.relation, op.column))
      .help("add a column of the new type, keep both in sync by a trigger, backfill in batches, "
            "switch the code, then drop the old column");
  if (known)
    finding.label(column->origin, format("'{}' was defined here", op.column));
  if (!known || !step.effects.assumptions.empty())
    finding.severity(Severity::warning);
}

static constexpr std::string_view aliases[] = {"squawk:changing-column-type",
                                               "pgls:changingColumnType",
                                               "eugene:E5",
                                               "atlas:PG301",
                                               "strong_migrations:change_column",
                                               "eugene:E10"};

extern constexpr Rule change_column_type_rewrite{
    .id = "change-column-type-rewrite",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
