#pragma once
#include "catalog/model/catalog.hpp"
#include "evolve/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::evolve {

/// The functions whose bodies the server does not track (all but BEGIN ATOMIC) and that use the
/// relation, or, where `column` is given, that column of it: in their SQL, or as NEW.column in a
/// trigger function of the relation. Only what the body names for sure counts.
[[nodiscard]] std::vector<const Function *>
routinesUsing(const Catalog &catalog, const Relation &relation, std::string_view column = {});

/// The functions whose INSERTs into the relation give no value to `column`.
[[nodiscard]] std::vector<const Function *>
routinesInsertingWithout(const Catalog &catalog, const Relation &relation, std::string_view column);

/// A function that has ON CONFLICT on exactly these columns of the relation, or on the constraint;
/// null if there is none.
[[nodiscard]] const Function *routineWithConflict(const Catalog &catalog, const Relation &relation,
                                                  const std::vector<std::string> &columns,
                                                  std::string_view constraint);

/// The function of an enabled BEFORE INSERT row trigger that gives `column` a value, or null: it
/// assigns NEW.column. A trigger function whose body is not known counts as one.
[[nodiscard]] const Trigger *triggerFilling(const Catalog &catalog, const Relation &relation,
                                            std::string_view column);

} // namespace lockstep::evolve
