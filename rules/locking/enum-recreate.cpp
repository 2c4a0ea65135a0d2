#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

#include <algorithm>

namespace lockstep::rules {

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  if (!rewriteBelow(step, op.target.relation, RewriteReason::type_change) || !op.using_expression)
    return;
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  const Type *from = column ? step.before().type(column->type_id) : nullptr;
  const Type *to = step.before().findType({op.type.schema, op.type.name, {}});
  if (!from || !to || from->kind != TypeKind::enumeration || to->kind != TypeKind::enumeration)
    return;
  bool only_adds = std::all_of(from->labels.begin(), from->labels.end(), [&](const auto &label) {
    return std::find(to->labels.begin(), to->labels.end(), label) != to->labels.end();
  });
  std::string_view help =
      only_adds ? "ALTER TYPE … ADD VALUE adds labels without touching the table"
                : "add a text column with a CHECK (or a lookup table), keep both in sync, backfill "
                  "in batches, switch the code; or leave the label in the type and forbid it by a "
                  "CHECK NOT VALID";
  report
      .add(op.where, "casting '{}.{}' to a new enum writes all of '{}' anew; {}",
           shown(op.target.relation), op.column, shown(op.target.relation),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column))
      .help("{}", help);
}

static constexpr std::string_view weaker[] = {"change-column-type-rewrite"};

extern constexpr Rule enum_recreate{
    .id = "enum-recreate",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .supersedes = weaker,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
