#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

/// What a table under construction takes over from others; it is not in the catalog yet.
struct TableDraft {
  Relation relation;
  std::vector<Constraint> key_constraints; ///< Of PARTITION OF: made with the parent's indexes.
  /// Key indexes of LIKE … INCLUDING INDEXES, to be built once the table is there.
  std::vector<ObjectId> indexes_like;
};

/// Adds the columns and CHECK constraints of an inheritance parent or partitioned table
/// (MergeAttributes, tablecmds.c).
[[nodiscard]] bool inheritFrom(Change &change, TableDraft &draft, ObjectId parent, Range where);

/// Merges a column with the inherited one of the same name.
[[nodiscard]] bool mergeColumn(Change &change, Relation &relation, Column &inherited, Column own,
                               Range where);

/// Adds the columns that LIKE copies, and its constraints, defaults, identities
/// (transformTableLikeClause and expandTableLikeClause, parse_utilcmd.c).
[[nodiscard]] bool addLike(Change &change, TableDraft &draft, const LikeClause &like);
/// What LIKE adds once the table is there: indexes.
void finishLike(Change &change, ObjectId table, const TableDraft &draft);

/// True where `child` below `parent` would make more levels than following them down has the stack
/// for. Such a child stands alone, as one that is not fully known.
[[nodiscard]] bool isTooDeep(const Catalog &catalog, const Relation &parent, const Relation &child);

/// Gives a new or attached partition what its parent has: indexes, key and foreign key constraints,
/// row triggers.
void clonePartitionParts(Change &change, ObjectId parent, ObjectId partition);

} // namespace lockstep::catalog
