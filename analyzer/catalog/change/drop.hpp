#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/dependencies.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::catalog {

/// Takes a relation out together with what goes with it automatically: its indexes, its sequences,
/// its partitions. Nothing is refused; who refers to it still does.
void removeRelation(Change &change, ObjectId id);

/// Makes the name free for one of `kept` or a new part of it: takes out what may be there. Refused
/// where one of them is or belongs to that: either it is not there or the name is taken.
[[nodiscard]] bool makeRoom(Change &change, const QualifiedName &resolved, Range where,
                            std::initializer_list<ObjectId> kept);

/// DROP of objects and, with `cascade`, of all that depends on them; refused (2BP01) where
/// something surely depends on them and `cascade` is not given.
[[nodiscard]] bool dropAll(Change &change, const std::vector<Address> &objects, bool cascade,
                           Range where);
/// The same for one relation, type or function.
[[nodiscard]] bool dropObject(Change &change, ObjectId id, bool cascade, Range where);
/// The same for a part of a relation.
[[nodiscard]] bool dropPart(Change &change, ObjectId relation, PartKind kind, std::string_view part,
                            bool cascade, Range where);

} // namespace lockstep::catalog
