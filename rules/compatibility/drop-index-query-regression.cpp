#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

#include <algorithm>

namespace lockstep::rules {

static std::vector<std::string> keyColumns(const Relation &index) {
  std::vector<std::string> columns;
  for (const IndexElement &element : index.index->elements) {
    if (element.expression)
      break;
    columns.push_back(element.column);
  }
  return columns;
}

/// True where the index finds rows by these columns: they lead it, in any order.
static bool covers(const Relation &index, std::vector<std::string> wanted) {
  if (!index.index->valid || index.index->predicate)
    return false;
  std::vector<std::string> lead = keyColumns(index);
  if (lead.size() < wanted.size())
    return false;
  lead.resize(wanted.size());
  std::sort(lead.begin(), lead.end());
  std::sort(wanted.begin(), wanted.end());
  return lead == wanted;
}

static void check(const DropObject &op, const Step &step, Report &report) {
  const Relation *index =
      op.kind == ObjectKind::index ? step.before().findRelation(op.name) : nullptr;
  const Relation *table =
      index && index->index ? step.before().relation(index->index->table) : nullptr;
  const Relation *after = table ? catalogAfter(step).relation(table->id) : nullptr;
  if (!after || step.at.isNew(*index))
    return;
  for (const Constraint &constraint : after->constraints) {
    if (constraint.kind != ConstraintKind::foreign_key || !covers(*index, constraint.columns))
      continue;
    const std::vector<const Relation *> left = catalogAfter(step).indexesOf(*after);
    if (std::any_of(left.begin(), left.end(),
                    [&](const Relation *other) { return covers(*other, constraint.columns); }))
      continue;
    report
        .add(op.where,
             "without '{}', each DELETE or key UPDATE of '{}' reads all of '{}' to check "
             "foreign key '{}'",
             op.name.name, shown(constraint.referenced_name), shown(*table), constraint.name)
        .object(index->qualifiedName())
        .label(constraint.origin, format("'{}' was added here", constraint.name))
        .help("keep an index that begins with ({})", join(constraint.columns, ", "));
    return;
  }
}

extern constexpr Rule drop_index_query_regression{
    .id = "drop-index-query-regression",
    .category = Category::compatibility,
    .severity = Severity::info,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
