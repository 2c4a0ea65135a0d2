#pragma once
#include "evolve/layer.hpp"
#include "history/step.hpp"

namespace lockstep::evolve {

/// The statement that, after `step` and before its transaction ends, makes a view, table or
/// sequence under the name that the relation had when the transaction began: code that uses the old
/// name goes on working. Null where none does. Where the execution model is unknown, the same unit
/// counts as the same transaction.
[[nodiscard]] const StatementStep *replacementInTransaction(const Step &step,
                                                            const QualifiedName &relation);
[[nodiscard]] inline bool isReplacedInTransaction(const Step &step, const QualifiedName &relation) {
  return replacementInTransaction(step, relation) != nullptr;
}

/// True where another relation had the new name when the transaction of `step` began: what is
/// renamed takes its place, as in a swap.
[[nodiscard]] bool takesPlaceInTransaction(const Step &step, const RenameObject &rename);

/// The column that has the old name, at the latest when the transaction of `step` ends, after
/// `rename` of a column. Null where none has.
[[nodiscard]] const Column *columnInPlaceOf(const Step &step, const RenameObject &rename);

/// True where another column had the new name when the transaction of `step` began.
[[nodiscard]] bool takesColumnInTransaction(const Step &step, const RenameObject &rename);

/// The columns of `view` that what `replacement` makes in its place has not, or has in another
/// type. None where one of the two is not fully known.
[[nodiscard]] std::vector<std::string> lostColumns(const Relation &view,
                                                   const StatementStep &replacement);

} // namespace lockstep::evolve
