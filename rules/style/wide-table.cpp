#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static constexpr RuleOption most{
    .name = "columns",
    .value = 50,
    .least = 1,
    .meaning = "columns that a table may have",
};

static void reportWide(size_t columns, Range where, const QualifiedName &table, const Step &step,
                       Report &report) {
  const auto count = static_cast<int64_t>(columns);
  if (count <= report.option(most))
    return;
  report
      .add(where,
           "'{}' has {} columns: each read of a row carries all of them, and the server stops "
           "at 1600, dropped ones included",
           shown(table), std::to_string(count))
      .object(fullName(step, table))
      .help("put what is seldom read into a table of its own");
}

static void checkAdd(const AddColumn &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  if (table && !table->partial)
    reportWide(table->columns.size() + 1, op.column.where, op.target.relation, step, report);
}

static void checkCreate(const CreateTable &op, const Step &step, Report &report) {
  reportWide(op.columns.size(), step.at.statement->range, op.table, step, report);
}

static constexpr RuleOption options[] = {most};

extern constexpr Rule wide_table{
    .id = "wide-table",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .options = options,
    .checks = {on<&checkAdd>, on<&checkCreate>},
};

} // namespace lockstep::rules
