#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static constexpr RuleOption most{
    .name = "columns",
    .value = 3,
    .least = 1,
    .meaning = "columns that an index which is not unique may have, without INCLUDE",
};

static void check(const CreateIndex &op, const Step &step, Report &report) {
  const auto columns = static_cast<int64_t>(op.elements.size());
  if (op.unique || columns <= report.option(most))
    return;
  report
      .add(op.where,
           "this index of '{}' has {} columns: only queries that name the leading ones use it, and "
           "each write pays for all",
           shown(op.table), std::to_string(columns))
      .object(fullName(step, op.table))
      .help("keep the columns that select; a column that is only read belongs behind INCLUDE");
}

static constexpr RuleOption options[] = {most};

extern constexpr Rule too_many_index_columns{
    .id = "too-many-index-columns",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .options = options,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
