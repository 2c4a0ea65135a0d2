#include "evolve/replacement.hpp"

#include "evolve/outcome.hpp"
#include "history/statement_index.hpp"

namespace lockstep::evolve {

/// The catalog when the step's transaction began.
static const Catalog &catalogAtBegin(const Step &step) {
  return step.at.change_set->index().transactionBegin(step.at).before;
}

/// The name that the relation had when the step's transaction began.
static QualifiedName nameAtBegin(const Step &step, const QualifiedName &relation) {
  const Relation *present = step.before().findRelation(relation);
  const Relation *former = present ? catalogAtBegin(step).relation(present->id) : nullptr;
  return former ? QualifiedName{former->schema, former->name, {}} : step.before().resolve(relation);
}

/// A statement that comes later in the step's transaction; null where it is not in it.
static const StatementStep *inTransaction(const Step &step, const StatementStep *later) {
  return later && sharesTransaction(step.at, *later) ? later : nullptr;
}

const StatementStep *replacementInTransaction(const Step &step, const QualifiedName &relation) {
  return inTransaction(
      step, step.at.change_set->index().appearanceAfter(step.at, nameAtBegin(step, relation)));
}

bool takesPlaceInTransaction(const Step &step, const RenameObject &rename) {
  QualifiedName wanted = step.before().resolve(rename.name);
  wanted.name = rename.new_name;
  const Relation *former = catalogAtBegin(step).findRelation(wanted);
  return former && !former->isIndex();
}

const Column *columnInPlaceOf(const Step &step, const RenameObject &rename) {
  const Relation *table = step.before().findRelation(rename.name);
  if (!table)
    return nullptr;
  const StatementStep *made = inTransaction(
      step, step.at.change_set->index().columnAppearanceAfter(step.at, table->id, rename.part));
  return made ? catalogAfter(*made).relation(table->id)->findColumn(rename.part) : nullptr;
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
