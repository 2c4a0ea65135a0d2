#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <set>

namespace lockstep::rules {

static void check(const ChangeSet &change_set, Report &report) {
  std::set<std::string> commented;
  for (const StatementStep &step : change_set.statements)
    for (const Op &op : step.statement->ops)
      if (const auto *comment = std::get_if<Comment>(&op); comment && comment->part.empty())
        commented.insert(sqlName(step.before.resolve(comment->name)));
  for (const StatementStep &step : change_set.statements)
    for (const Op &op : step.statement->ops) {
      const auto *table = std::get_if<CreateTable>(&op);
      if (!table || table->persistence == Persistence::temporary || !table->partition_of.empty() ||
          commented.contains(sqlName(step.before.resolve(table->table))))
        continue;
      report.addAt(step, table->where, format("'{}' has no comment", shown(table->table)))
          .help("COMMENT ON TABLE {} IS '…'", shown(table->table));
    }
}

extern constexpr Rule missing_comment{
    .id = "missing-comment",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .checks = {onChangeSets<&check, CreateTable>},
};

} // namespace lockstep::rules
