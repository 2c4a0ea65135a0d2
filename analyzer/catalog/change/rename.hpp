#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

#include <string>

namespace lockstep::catalog {

/// Renames a column of one relation and all that refers to it: constraints, indexes, triggers,
/// policies, foreign keys of other tables, queries of views. Children are the caller's.
void renameColumn(Change &change, ObjectId relation, const std::string &column,
                  const std::string &new_name);

/// Gives a relation another schema and name, with all that refers to it by name. What belongs to a
/// table moves to another schema with it: indexes, owned sequences.
void moveRelation(Change &change, ObjectId relation, const std::string &schema,
                  const std::string &name);

/// The same for a type.
void moveType(Change &change, ObjectId type, const std::string &schema, const std::string &name);

/// Gives a label of an enum another text, wherever a default, a constraint, an index or a view
/// names it: the server keeps labels by identity.
void renameLabel(Change &change, ObjectId type, const std::string &label,
                 const std::string &new_label);

} // namespace lockstep::catalog
