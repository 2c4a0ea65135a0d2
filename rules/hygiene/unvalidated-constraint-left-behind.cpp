#include "effects/facts/not_null_proof.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static constexpr RuleOption patience{
    .name = "migrations",
    .value = 3,
    .least = 1,
    .meaning = "migrations that a plan may take between ADD … NOT VALID and VALIDATE",
};

/// The column whose NOT NULL the CHECK was the helper of, or empty.
static std::string provedColumn(const Constraint &check, const Relation &table) {
  if (check.kind != ConstraintKind::check || !check.expression || check.origin.isBase())
    return {};
  const Expression &root = check.expression->root;
  if (root.kind != ExpressionKind::is_not_null)
    return {};
  for (const Column &column : table.columns)
    if (column.not_null && impliesNotNull(root, column.name))
      return column.name;
  return {};
}

static void checkTable(const Relation &table, const StatementStep &at, uint32_t last,
                       Report &report) {
  const int64_t waits = report.option(patience);
  for (const Constraint &constraint : table.constraints) {
    if (constraint.inherited > 0 || constraint.origin.isBase() ||
        constraint.origin.migration + waits > last)
      continue;
    std::string behind = plural(last - constraint.origin.migration, "migration");
    if (!constraint.valid && constraint.enforced) {
      report
          .addAt(at, at.statement->range,
                 format("constraint '{}' of '{}' is still NOT VALID, {} after it was added: older "
                        "rows may break it, and the planner does not use it",
                        constraint.name, shown(table), behind))
          .object(table.qualifiedName())
          .label(constraint.origin, "added here")
          .help("ALTER TABLE {} VALIDATE CONSTRAINT {}, in a migration of its own", shown(table),
                quoteIdentifier(constraint.name));
      continue;
    }
    std::string column = provedColumn(constraint, table);
    if (!column.empty())
      report
          .addAt(at, at.statement->range,
                 format("'{}.{}' is NOT NULL, and its helper CHECK '{}' is still there, {} after "
                        "it was added: each write evaluates both",
                        shown(table), column, constraint.name, behind))
          .object(table.qualifiedName())
          .label(constraint.origin, "added here")
          .help("ALTER TABLE {} DROP CONSTRAINT {}", shown(table),
                quoteIdentifier(constraint.name));
  }
}

/// What the history leaves is judged once, at its last migration.
static void check(const ChangeSet &change_set, Report &report) {
  if (change_set.statements.empty() || change_set.direction == Direction::down)
    return;
  const StatementStep &at = change_set.statements.back();
  const auto last = static_cast<uint32_t>(at.history->migrations.size());
  if (at.origin.migration != last)
    return;
  for (const Relation *relation : change_set.after.tables())
    if (!relation->is_partition)
      checkTable(*relation, at, last, report);
}

static constexpr RuleOption options[] = {patience};

extern constexpr Rule unvalidated_constraint_left_behind{
    .id = "unvalidated-constraint-left-behind",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .phase = Phase::migrate,
    .preset = Preset::strict,
    .options = options,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
