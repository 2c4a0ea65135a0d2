#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

/// True where an action of the statement before this one rewrites the table for the same reason:
/// it is written once for all of them.
static bool isRepeated(const Step &step) {
  for (size_t i = 0; i < step.index; ++i)
    for (const Rewrite &rewrite : step.at.effects.per_op[i].rewrites)
      if (rewrite.reason == RewriteReason::stored_generated)
        return true;
  return false;
}

static void reportRewrite(const QualifiedName &table, std::string_view column, Range where,
                          std::string_view what, const Step &step, Report &report) {
  if (!rewriteBelow(step, table, RewriteReason::stored_generated) || isRepeated(step))
    return;
  report
      .add(where, "{} '{}' rewrites '{}'; {}", what, column, shown(table),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, table, column))
      .help("add a plain column, fill it by a trigger for new rows and backfill in batches{}",
            supports(report.postgres(), Feature::virtual_columns) ? ", or make it VIRTUAL" : "");
}

static void checkAdd(const AddColumn &op, const Step &step, Report &report) {
  reportRewrite(op.target.relation, op.column.name, op.column.where,
                "adding stored generated column", step, report);
}

static void checkSet(const SetGenerationExpression &op, const Step &step, Report &report) {
  reportRewrite(op.target.relation, op.column, op.where,
                "changing the expression of stored generated column", step, report);
}

static constexpr std::string_view aliases[] = {"pgls:addingGeneratedColumn", "eugene:E11",
                                               "strong_migrations:add_column_generated_stored"};

extern constexpr Rule add_stored_generated_column{
    .id = "add-stored-generated-column",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&checkAdd>, on<&checkSet>},
};

} // namespace lockstep::rules
