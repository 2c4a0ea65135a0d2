#include "catalog/model/dependencies.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where the part needs more than the dropped column: others lose it, too.
static bool hasOthers(const Relation &relation, const Address &part, std::string_view column,
                      const Catalog &catalog) {
  auto isOther = [&](const std::string &name) { return name != column; };
  if (part.kind == PartKind::constraint) {
    const Constraint *constraint = relation.findConstraint(part.part);
    return constraint && constraint->index == ObjectId::none &&
           std::any_of(constraint->columns.begin(), constraint->columns.end(), isOther);
  }
  const Relation *index = part.kind == PartKind::whole ? catalog.relation(part.id) : nullptr;
  if (!index || !index->index)
    return false;
  const IndexInfo &info = *index->index;
  bool keyed =
      std::any_of(info.elements.begin(), info.elements.end(), [&](const IndexElement &each) {
        return !each.expression && isOther(each.column);
      });
  return keyed;
}

static void check(const DropColumn &op, const Step &step, Report &report) {
  const Catalog &catalog = step.before();
  const Relation *table = catalog.findRelation(op.target.relation);
  if (!table || !table->findColumn(op.column))
    return;
  const Relation *after = relationAfter(step, op.target.relation);
  const Dropped dropped = findDropped(catalog, {Address{table->id, PartKind::column, op.column}});
  std::vector<std::string> names;
  for (const Address &part : dropped.objects) {
    const Relation *owner = catalog.relation(part.id);
    if (!owner || step.at.isNew(*owner) || !hasOthers(*owner, part, op.column, catalog))
      continue;
    names.push_back(part.kind == PartKind::constraint ? part.part : owner->name);
  }
  if (names.empty() || !after)
    return;
  report
      .add(op.where, "dropping '{}.{}' silently drops {}, which {} other columns, too",
           shown(op.target.relation), op.column, listed(names),
           names.size() == 1 ? "serves" : "serve")
      .object(fullName(step, op.target.relation, op.column))
      .help("build what takes {} place first (an index CONCURRENTLY), then drop {} by name",
            names.size() == 1 ? "its" : "their", names.size() == 1 ? "it" : "them");
}

extern constexpr Rule drop_column_silently_drops_dependents{
    .id = "drop-column-silently-drops-dependents",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
