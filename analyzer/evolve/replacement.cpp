#include "evolve/replacement.hpp"

#include "evolve/outcome.hpp"

namespace lockstep {

/// The name under which the op makes a relation, or null.
static const QualifiedName *createdName(const Op &op) {
  if (const auto *view = std::get_if<CreateView>(&op))
    return &view->view;
  if (const auto *table = std::get_if<CreateTable>(&op))
    return &table->table;
  if (const auto *table = std::get_if<CreateTableAs>(&op))
    return &table->table;
  return nullptr;
}

static bool makes(const Op &op, const StatementStep &step, const QualifiedName &wanted) {
  if (const QualifiedName *name = createdName(op))
    return step.before.resolve(*name) == wanted;
  const auto *rename = std::get_if<RenameObject>(&op);
  if (!rename || !rename->part.empty())
    return false;
  QualifiedName renamed = step.before.resolve(rename->name);
  renamed.name = rename->new_name;
  return renamed == wanted;
}

/// The name that the relation had when the step's transaction began.
static QualifiedName nameAtBegin(const Step &step, const QualifiedName &relation) {
  const Relation *present = step.before().findRelation(relation);
  if (present) {
    for (const StatementStep &first : step.at.change_set->statements) {
      if (!sharesTransaction(first, step.at))
        continue;
      const Relation *former = first.before.relation(present->id);
      return former ? QualifiedName{former->schema, former->name, {}}
                    : step.before().resolve(relation);
    }
  }
  return step.before().resolve(relation);
}

const StatementStep *replacementInTransaction(const Step &step, const QualifiedName &relation) {
  QualifiedName wanted = nameAtBegin(step, relation);
  const ChangeSet &change_set = *step.at.change_set;
  for (const StatementStep *next = change_set.next(step.at); next; next = change_set.next(*next)) {
    if (!sharesTransaction(step.at, *next))
      return nullptr;
    for (const Op &op : next->statement->ops)
      if (makes(op, *next, wanted))
        return next;
  }
  return nullptr;
}

std::vector<std::string> lostColumns(const Relation &view, const StatementStep &replacement) {
  const Relation *made = catalogAfter(replacement).findRelation({view.schema, view.name, {}});
  std::vector<std::string> lost;
  if (!made || made->partial || view.partial)
    return lost;
  for (const Column &column : view.columns) {
    const Column *now = made->findColumn(column.name);
    bool same = now && (now->type.empty() || column.type.empty() || now->type == column.type);
    if (!same)
      lost.push_back(column.name);
  }
  return lost;
}

} // namespace lockstep
