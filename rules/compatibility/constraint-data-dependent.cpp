#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

namespace {
/// Says what kind of rows make the statement fail, and the query that finds them.
struct Question {
  std::string rows;
  std::string query;
};
} // namespace

static std::optional<Question> questionOf(const std::string &table,
                                          const ConstraintDef &constraint) {
  switch (constraint.kind) {
  case ConstraintKind::check:
    if (!constraint.expression)
      return std::nullopt;
    return Question{"rows that violate the CHECK", format("SELECT count(*) FROM {} WHERE NOT ({})",
                                                          table, constraint.expression->text)};
  case ConstraintKind::unique:
  case ConstraintKind::primary_key: {
    if (!constraint.using_index.empty() || constraint.columns.empty())
      return std::nullopt;
    std::string columns = identifierList(constraint.columns);
    return Question{"duplicates", format("SELECT {} FROM {} GROUP BY {} HAVING count(*) > 1",
                                         columns, table, columns)};
  }
  case ConstraintKind::foreign_key:
    if (constraint.columns.size() != 1)
      return std::nullopt;
    return Question{format("values without a row in '{}'", shown(constraint.referenced)),
                    format("SELECT count(*) FROM {} c WHERE {} IS NOT NULL AND NOT EXISTS (SELECT "
                           "FROM {} p WHERE p.{} = c.{})",
                           table, quoteIdentifier(constraint.columns.front()),
                           sqlName(constraint.referenced),
                           quoteIdentifier(constraint.referenced_columns.empty()
                                               ? std::string("id")
                                               : constraint.referenced_columns.front()),
                           quoteIdentifier(constraint.columns.front()))};
  case ConstraintKind::not_null:
  case ConstraintKind::exclusion:
    return std::nullopt;
  }
  return std::nullopt;
}

static void tell(const QualifiedName &table, Range where, const Question &question,
                 const Step &step, Report &report) {
  report
      .add(where, "this fails if '{}' holds {}, and the migration with it", shown(table),
           question.rows)
      .object(fullName(step, table))
      .help("ask before: {}", question.query);
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  // VALIDATE, or an index built CONCURRENTLY, fails without harm.
  if (op.constraint.not_valid || !op.constraint.enforced || step.effects.scans.empty())
    return;
  if (auto question = questionOf(shown(op.target.relation), op.constraint))
    tell(op.target.relation, op.where, *question, step, report);
}

static void checkNotNull(const SetNotNull &op, const Step &step, Report &report) {
  const Scan *scan = step.effects.scanOf(fullName(step, op.target.relation));
  if (scan && scan->reason == ScanReason::not_null)
    tell(op.target.relation, op.where,
         {format("rows where '{}' is null", op.column),
          format("SELECT count(*) FROM {} WHERE {} IS NULL", shown(op.target.relation),
                 quoteIdentifier(op.column))},
         step, report);
}

static void checkIndex(const CreateIndex &op, const Step &step, Report &report) {
  if (!op.unique || op.concurrently || step.effects.index_builds.empty())
    return;
  std::vector<std::string> columns;
  for (const IndexElement &element : op.elements)
    columns.push_back(element.expression ? element.expression->text
                                         : quoteIdentifier(element.column));
  std::string list = join(columns, ", ");
  std::string where = op.predicate ? " WHERE " + op.predicate->text : std::string();
  tell(op.table, op.where,
       {"duplicates", format("SELECT {} FROM {}{} GROUP BY {} HAVING count(*) > 1", list,
                             shown(op.table), where, list)},
       step, report);
}

static constexpr std::string_view aliases[] = {"atlas:MF101", "atlas:MF102", "atlas:data_depend"};

extern constexpr Rule constraint_data_dependent{
    .id = "constraint-data-dependent",
    .category = Category::compatibility,
    .severity = Severity::info,
    .phase = Phase::expand,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&checkConstraint>, on<&checkNotNull>, on<&checkIndex>},
};

} // namespace lockstep::rules
