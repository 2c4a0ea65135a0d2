#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/table.hpp"

#include <variant>
#include <vector>

namespace lockstep::ddl {

/// An object of its own, rather than a part of one.
using DumpedObject =
    std::variant<const Relation *, const Type *, const Function *, const NamedObject *>;

/// What is made next.
struct LoadStep {
  DumpedObject object;
  /// Of a table: the columns that must come after tables that inherit from it, and whether its
  /// expressions call functions that need it.
  Deferred deferred;
  bool adds_columns = false; ///< The table is there; now its deferred columns come.
};

/// The objects of a catalog in an order that loads: that of the history, but each after what it is
/// made of. Foreign keys, triggers, policies and rules count for nothing here: they follow when all
/// objects are there. The steps point into the catalog.
[[nodiscard]] std::vector<LoadStep> loadOrder(const Catalog &catalog);

/// True for a relation that a dump makes: not for an index or the row of a composite type, which
/// others bring along, nor for what is temporary.
[[nodiscard]] bool isDumped(const Relation &relation);

/// True for an object that the history mentions but did not make.
[[nodiscard]] bool isForeignToHistory(const Relation &relation);
[[nodiscard]] bool isForeignToHistory(const Type &type);
[[nodiscard]] bool isForeignToHistory(const Function &function);

} // namespace lockstep::ddl
