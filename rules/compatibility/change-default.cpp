#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// A constant without its casts: 'x'::state and 'x' are one default.
static const Expression &bare(const Expression &value) {
  const Expression *node = &value;
  while (node->kind == ExpressionKind::cast && !node->arguments.empty())
    node = &node->arguments.front();
  return *node;
}

static bool isSame(const SqlExpression &left, const SqlExpression &right) {
  const Expression &a = bare(left.root), &b = bare(right.root);
  return left.text == right.text || (a.kind == ExpressionKind::constant && b.kind == a.kind &&
                                     a.literal == b.literal && a.name == b.name);
}

/// Longer texts say nothing in one line.
static std::string shortText(const SqlExpression &value) {
  constexpr size_t longest = 40;
  return value.text.size() > longest ? std::string("another value") : value.text;
}

static void check(const SetDefault &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (!op.value || !column || !column->default_value || step.at.isNew(column->origin) ||
      isSame(*column->default_value, *op.value))
    return;
  report
      .add(op.where,
           "the default of '{}.{}' changes from {} to {}: rows of the running version and "
           "of the next differ while both run",
           shown(op.target.relation), op.column, shortText(*column->default_value),
           shortText(*op.value))
      .object(fullName(step, op.target.relation, op.column))
      .help("deploy code that gives the value itself first");
}

static constexpr std::string_view aliases[] = {"strong_migrations:change_column_default"};

extern constexpr Rule change_default{
    .id = "change-default",
    .category = Category::compatibility,
    .severity = Severity::info,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
