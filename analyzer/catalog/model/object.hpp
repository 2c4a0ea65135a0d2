#pragma once
#include "base/range.hpp"
#include "catalog/layer.hpp"

#include <cstdint>
#include <string>

namespace lockstep::catalog {

/// Identity of an object of the simulated catalog; stays the same when the object is renamed.
enum class ObjectId : uint32_t { none = 0 };

/// What the catalog's reverse indexes hold of an object; see catalog/state.hpp.
struct IndexedFacts;
struct IndexedRelation;

/// Where and when an object came to be. Numbers are the history's: a larger one came later.
struct Origin {
  /// Its place in the history, from 1; 0: before everything (base schema, or never seen created).
  uint32_t migration = 0;
  bool down = false;        ///< By the down part of the migration.
  uint32_t transaction = 0; ///< 0: before everything; each autocommitted statement has its own.
  uint32_t statement = 0;   ///< Running number of the statement.
  uint32_t file = 0;        ///< Index into the migration's files.
  Range where;

  /// True for what existed before the whole history.
  [[nodiscard]] bool isBase() const { return migration == 0; }
};

/// What the simulation knows of a name.
enum class Knowledge : uint8_t {
  known,   ///< The object is in the catalog.
  absent,  ///< The history dropped or renamed it, and nothing since may have made it again.
  unknown, ///< The history never made it: it may exist, and then it is old, populated and in use.
};

} // namespace lockstep::catalog
