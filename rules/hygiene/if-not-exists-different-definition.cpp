#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static void checkIndex(const CreateIndex &op, const Step &step, Report &report) {
  if (!op.if_not_exists || op.name.empty())
    return;
  QualifiedName table = step.before().resolve(op.table);
  const Relation *index = step.before().findRelation({table.schema, op.name, {}});
  if (!index || !index->index || !step.before().isCertain(*index))
    return;
  const std::vector<IndexElement> &has = index->index->elements;
  bool same = index->index->unique == op.unique && has.size() == op.elements.size() &&
              !index->index->predicate == !op.predicate &&
              std::equal(has.begin(), has.end(), op.elements.begin(),
                         [](const IndexElement &a, const IndexElement &b) {
                           return a.column == b.column && a.descending == b.descending &&
                                  !a.expression == !b.expression;
                         });
  if (same)
    return;
  report
      .add(op.where,
           "index '{}' is there already with another definition: IF NOT EXISTS keeps the "
           "old one and says nothing",
           op.name)
      .object(index->qualifiedName())
      .label(index->origin, "defined here")
      .help("give the new index a name of its own, then drop the old one");
}

static void checkTable(const CreateTable &op, const Step &step, Report &report) {
  const Relation *table = op.if_not_exists ? step.before().findRelation(op.table) : nullptr;
  if (!table || !step.before().isCertain(*table) || !op.likes.empty() || !op.inherits.empty() ||
      !op.partition_of.empty() || !op.of_type.empty())
    return;
  for (const ColumnDef &column : op.columns) {
    if (table->findColumn(column.name))
      continue;
    report
        .add(op.where,
             "'{}' is there already without a column '{}': IF NOT EXISTS keeps it as it "
             "is and says nothing",
             shown(op.table), column.name)
        .object(fullName(step, op.table))
        .label(table->origin, "defined here")
        .help("ALTER TABLE {} ADD COLUMN for what is missing", shown(op.table));
    return;
  }
}

extern constexpr Rule if_not_exists_different_definition{
    .id = "if-not-exists-different-definition",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&checkIndex>, on<&checkTable>},
};

} // namespace lockstep::rules
