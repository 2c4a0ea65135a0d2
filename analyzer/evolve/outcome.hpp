#pragma once
#include "evolve/layer.hpp"
#include "history/step.hpp"

namespace lockstep::evolve {

/// The catalog that the step's change set leaves.
[[nodiscard]] const Catalog &catalogAfter(const Step &step);
/// The catalog right after a statement of a change set.
[[nodiscard]] const Catalog &catalogAfter(const StatementStep &statement);
/// The relation that the name stands for at the step, as the change set leaves it: null where it
/// is gone by then, or was never seen.
[[nodiscard]] const Relation *relationAfter(const Step &step, const QualifiedName &relation);
/// The same for a column of it, by name.
[[nodiscard]] const Column *columnAfter(const Step &step, const QualifiedName &relation,
                                        std::string_view column);
/// True for DROP … IF EXISTS of what is surely not there: no statement of the history made it in
/// the schema that the history made. Always false for kinds that stand in no schema.
[[nodiscard]] bool dropsNothing(const DropObject &drop, const Catalog &before);
/// True where `earlier` and `later` run in one transaction. Where the execution model is unknown,
/// the same unit counts as the same transaction.
[[nodiscard]] bool sharesTransaction(const StatementStep &earlier, const StatementStep &later);

} // namespace lockstep::evolve
