#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static bool sameElements(const std::vector<IndexElement> &a, const std::vector<IndexElement> &b) {
  return a.size() == b.size() &&
         std::equal(
             a.begin(), a.end(), b.begin(), [](const IndexElement &x, const IndexElement &y) {
               bool same_expression = !x.expression == !y.expression &&
                                      (!x.expression || x.expression->text == y.expression->text);
               return x.column == y.column && same_expression && x.descending == y.descending &&
                      x.opclass == y.opclass && x.collation == y.collation;
             });
}

static void check(const CreateIndex &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.table);
  // A twin that is built concurrently is how an index is replaced.
  if (!table || op.concurrently)
    return;
  for (const Relation *other : step.before().indexesOf(*table)) {
    const IndexInfo &info = *other->index;
    bool same_predicate = !info.predicate == !op.predicate &&
                          (!info.predicate || info.predicate->text == op.predicate->text);
    if (other->name == op.name || !info.valid || !same_predicate || (op.unique && !info.unique) ||
        info.method != (op.method.empty() ? "btree" : op.method) || info.include != op.include ||
        !sameElements(info.elements, op.elements))
      continue;
    report
        .add(op.where, "index '{}' of '{}' has the same columns: each write keeps both up to date",
             other->name, shown(op.table))
        .object(fullName(step, op.table))
        .label(other->origin, "made here")
        .help("keep one of the two");
    return;
  }
}

extern constexpr Rule duplicate_index{
    .id = "duplicate-index",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
