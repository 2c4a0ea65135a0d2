#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void reportBuild(const QualifiedName &table, const ConstraintDef &constraint,
                        const Step &step, Report &report) {
  if (constraint.kind != ConstraintKind::primary_key || !constraint.using_index.empty() ||
      step.effects.index_builds.empty())
    return;
  report
      .add(constraint.where, "adding this primary key builds an index over '{}'; {}", shown(table),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, table))
      .help(
          "CREATE UNIQUE INDEX CONCURRENTLY on NOT NULL columns first, then ADD PRIMARY KEY USING "
          "INDEX");
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  reportBuild(op.target.relation, op.constraint, step, report);
}

static void checkColumn(const AddColumn &op, const Step &step, Report &report) {
  for (const ConstraintDef &constraint : op.column.constraints)
    reportBuild(op.target.relation, constraint, step, report);
}

static constexpr std::string_view aliases[] = {"squawk:adding-serial-primary-key-field",
                                               "pgls:addingPrimaryKeyConstraint", "eugene:E7",
                                               "atlas:PG104"};

extern constexpr Rule add_primary_key_without_index{
    .id = "add-primary-key-without-index",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&checkConstraint>, on<&checkColumn>},
};

} // namespace lockstep::rules
