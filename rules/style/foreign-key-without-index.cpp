#include "base/text.hpp"
#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static bool hasIndex(const Relation &table, const std::vector<std::string> &columns,
                     const Catalog &catalog) {
  std::vector<const Relation *> indexes = catalog.indexesOf(table);
  return std::any_of(indexes.begin(), indexes.end(),
                     [&](const Relation *index) { return leadsWith(*index->index, columns); });
}

static void check(const ChangeSet &change_set, Report &report) {
  for (const StatementStep &step : change_set.statements)
    for (const Op &op : step.statement->ops)
      for (const AddedConstraint &added : constraintsAddedBy(op)) {
        if (added.constraint->kind != ConstraintKind::foreign_key)
          continue;
        const Relation *table = change_set.after.findRelation(*added.table);
        if (!table || table->partial || added.constraint->columns.empty() ||
            hasIndex(*table, added.constraint->columns, change_set.after))
          continue;
        report
            .addAt(step, added.constraint->where,
                   format("no index leads with {} of '{}': each DELETE of a row in '{}' reads all "
                          "of '{}'",
                          listed(added.constraint->columns), shown(*added.table),
                          shown(added.constraint->referenced), shown(*added.table)))
            .object(table->qualifiedName())
            .help("CREATE INDEX CONCURRENTLY on {} ({})", shown(*added.table),
                  join(added.constraint->columns, ", "));
      }
}

static constexpr std::string_view aliases[] = {"eugene:E15"};

extern constexpr Rule foreign_key_without_index{
    .id = "foreign-key-without-index",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .aliases = aliases,
    .checks = {onChangeSetsGiving<&check, Gives::columns, Gives::constraint>},
};

} // namespace lockstep::rules
