#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// CREATE TRIGGER. One that a partitioned table's trigger cloned (Trigger::parent) comes with that.
[[nodiscard]] SqlStatement createTrigger(const Catalog &catalog, const Relation &table,
                                         const Trigger &trigger);
/// DISABLE TRIGGER and its kin, where a trigger does not fire as a new one does.
[[nodiscard]] SqlStatements setTriggerMode(const Relation &table, const Trigger &trigger);

} // namespace lockstep::ddl
