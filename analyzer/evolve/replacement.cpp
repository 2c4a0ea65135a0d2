#include "evolve/replacement.hpp"

#include "evolve/outcome.hpp"

namespace lockstep::evolve {

/// A relation that queries can name.
static bool has(const Catalog &catalog, const QualifiedName &name) {
  const Relation *relation = catalog.findRelation(name);
  return relation && !relation->isIndex();
}

/// The catalog when the step's transaction began.
static const Catalog &catalogAtBegin(const Step &step) {
  for (const StatementStep &first : step.at.change_set->statements)
    if (sharesTransaction(first, step.at))
      return first.before;
  return step.before();
}

/// The name that the relation had when the step's transaction began.
static QualifiedName nameAtBegin(const Step &step, const QualifiedName &relation) {
  const Relation *present = step.before().findRelation(relation);
  const Relation *former = present ? catalogAtBegin(step).relation(present->id) : nullptr;
  return former ? QualifiedName{former->schema, former->name, {}} : step.before().resolve(relation);
}

/// Calls `visit` with each statement behind `step` in its transaction, until it returns true.
template <class Visit> static void eachLater(const Step &step, Visit &&visit) {
  const ChangeSet &change_set = *step.at.change_set;
  for (const StatementStep *next = change_set.next(step.at);
       next && sharesTransaction(step.at, *next); next = change_set.next(*next))
    if (visit(*next))
      return;
}

const StatementStep *replacementInTransaction(const Step &step, const QualifiedName &relation) {
  const QualifiedName wanted = nameAtBegin(step, relation);
  const StatementStep *found = nullptr;
  eachLater(step, [&](const StatementStep &next) {
    if (!has(next.before, wanted) && has(catalogAfter(next), wanted))
      found = &next;
    return found != nullptr;
  });
  return found;
}

bool takesPlaceInTransaction(const Step &step, const RenameObject &rename) {
  QualifiedName wanted = step.before().resolve(rename.name);
  wanted.name = rename.new_name;
  return has(catalogAtBegin(step), wanted);
}

const Column *columnInPlaceOf(const Step &step, const RenameObject &rename) {
  const Relation *table = step.before().findRelation(rename.name);
  const Column *found = nullptr;
  if (table)
    eachLater(step, [&](const StatementStep &next) {
      const Relation *later = catalogAfter(next).relation(table->id);
      found = later ? later->findColumn(rename.part) : nullptr;
      return found != nullptr;
    });
  return found;
}

bool takesColumnInTransaction(const Step &step, const RenameObject &rename) {
  const Relation *table = step.before().findRelation(rename.name);
  const Relation *former = table ? catalogAtBegin(step).relation(table->id) : nullptr;
  return former && former->findColumn(rename.new_name);
}

/// 1 to 3 for the integer types, by their width; else 0.
static int integerWidth(std::string_view type) {
  return type == "int8" ? 3 : type == "int4" ? 2 : type == "int2" ? 1 : 0;
}

/// True where code that reads the one gets along with the other: the same type whatever its
/// modifiers, text for text, a wider integer.
static bool readsAlike(const TypeName &was, const TypeName &now) {
  if (was.schema != now.schema || was.array_dimensions != now.array_dimensions)
    return false;
  const auto isText = [](const TypeName &type) {
    return type.name == "varchar" || type.name == "text";
  };
  const int width = integerWidth(was.name);
  return was.name == now.name || (isText(was) && isText(now)) ||
         (width > 0 && integerWidth(now.name) >= width);
}

std::vector<std::string> lostColumns(const Relation &view, const StatementStep &replacement) {
  const Relation *made = catalogAfter(replacement).findRelation({view.schema, view.name, {}});
  std::vector<std::string> lost;
  if (!made || made->partial || view.partial)
    return lost;
  for (const Column &column : view.columns) {
    const Column *now = made->findColumn(column.name);
    bool same =
        now && (now->type.empty() || column.type.empty() || readsAlike(column.type, now->type));
    if (!same)
      lost.push_back(column.name);
  }
  return lost;
}

} // namespace lockstep::evolve
