#pragma once
#include "catalog/model/catalog.hpp"
#include "evolve/layer.hpp"
#include "ops/function.hpp"

#include <string>
#include <vector>

namespace lockstep::evolve {

/// A column that follows others of its row: a trigger or a generated column keeps it in step.
struct ColumnCopy {
  std::string column;               ///< The one that is kept.
  std::vector<std::string> sources; ///< What its value is made from; not empty.
};

/// The columns of NEW that the body of a PL/pgSQL trigger function makes from others of NEW.
[[nodiscard]] std::vector<ColumnCopy> copiesIn(const Body &body);

/// True for the sync trigger of a transition: a row trigger that keeps one column in step with
/// another of the same row, or another table in step with this one.
///
/// The function is looked up in `catalog`. A table counts as a copy where it is younger than the
/// trigger's table and has its key and more of its columns.
[[nodiscard]] bool isSyncTrigger(const CreateTrigger &trigger, const Catalog &catalog);

/// The columns that triggers and generation expressions keep in step, by the catalog.
[[nodiscard]] std::vector<ColumnCopy> columnCopiesOf(const Relation &table, const Catalog &catalog);

} // namespace lockstep::evolve
