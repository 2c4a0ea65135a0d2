#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// The index that a later statement of the change set makes with the same first column, or null.
static const CreateIndex *replacementOf(const IndexInfo &old, const Step &step) {
  if (old.elements.empty())
    return nullptr;
  const StatementStep *next = step.at.change_set->next(step.at);
  for (; next; next = step.at.change_set->next(*next))
    for (const Op &op : next->statement->ops) {
      const auto *index = std::get_if<CreateIndex>(&op);
      const Relation *table = index ? next->before.findRelation(index->table) : nullptr;
      if (table && table->id == old.table && !index->elements.empty() &&
          index->elements.front().column == old.elements.front().column &&
          !index->elements.front().column.empty())
        return index;
    }
  return nullptr;
}

/// True where another valid index of the table leads with the same column: queries have that one
/// meanwhile.
static bool isCovered(const Relation &old, const Step &step) {
  const Relation *table = step.before().relation(old.index->table);
  if (!table)
    return false;
  for (const Relation *other : step.before().indexesOf(*table))
    if (other->id != old.id && other->index->valid && !other->index->predicate &&
        !other->index->elements.empty() &&
        other->index->elements.front().column == old.index->elements.front().column)
      return true;
  return false;
}

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::index)
    return;
  const Relation *index = step.before().findRelation(op.name);
  const CreateIndex *later = index && index->index ? replacementOf(*index->index, step) : nullptr;
  if (!later || isCovered(*index, step))
    return;
  report
      .add(op.where,
           "index '{}' goes before '{}', which takes its place, is built: queries have "
           "neither meanwhile",
           shown(op.name), later->name.empty() ? std::string("the index") : later->name)
      .object(fullName(step, op.name))
      .help("create the new index concurrently first, then drop the old one");
}

static constexpr std::string_view aliases[] = {"strong_migrations:replace_index"};

extern constexpr Rule replace_index_order{
    .id = "replace-index-order",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
