#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static bool isPlain(const IndexElement &element) {
  return !element.expression && element.opclass.empty() && element.collation.empty() &&
         !element.descending;
}

/// True where `shorter` begins `longer`.
static bool begins(const std::vector<IndexElement> &shorter,
                   const std::vector<IndexElement> &longer) {
  return shorter.size() < longer.size() &&
         std::equal(shorter.begin(), shorter.end(), longer.begin(),
                    [](const IndexElement &a, const IndexElement &b) {
                      return isPlain(a) && isPlain(b) && a.column == b.column;
                    });
}

static void check(const CreateIndex &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.table);
  if (!table || op.unique || op.predicate || !(op.method.empty() || op.method == "btree"))
    return;
  for (const Relation *other : step.before().indexesOf(*table)) {
    const IndexInfo &info = *other->index;
    if (!info.valid || info.predicate || info.method != "btree" ||
        !begins(op.elements, info.elements))
      continue;
    report
        .add(op.where,
             "index '{}' of '{}' begins with the same columns and serves the same queries",
             other->name, shown(op.table))
        .object(fullName(step, op.table))
        .label(other->origin, "made here")
        .help("leave the shorter one out");
    return;
  }
}

extern constexpr Rule redundant_index{
    .id = "redundant-index",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
