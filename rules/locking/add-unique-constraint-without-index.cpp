#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void reportBuild(const QualifiedName &table, const ConstraintDef &constraint,
                        const Step &step, Report &report) {
  if (constraint.kind != ConstraintKind::unique || !constraint.using_index.empty() ||
      step.effects.index_builds.empty())
    return;
  report
      .add(constraint.where, "adding this UNIQUE constraint builds an index over '{}'; {}",
           shown(table), lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, table))
      .help("CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … UNIQUE USING INDEX");
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  reportBuild(op.target.relation, op.constraint, step, report);
}

static void checkColumn(const AddColumn &op, const Step &step, Report &report) {
  for (const ConstraintDef &constraint : op.column.constraints)
    reportBuild(op.target.relation, constraint, step, report);
}

static constexpr std::string_view aliases[] = {
    "squawk:disallowed-unique-constraint", "pgls:disallowUniqueConstraint", "eugene:E7",
    "atlas:PG105", "strong_migrations:add_unique_constraint"};

extern constexpr Rule add_unique_constraint_without_index{
    .id = "add-unique-constraint-without-index",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&checkConstraint>, on<&checkColumn>},
};

} // namespace lockstep::rules
