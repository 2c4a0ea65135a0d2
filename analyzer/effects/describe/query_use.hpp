#pragma once
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

#include <functional>
#include <string_view>

namespace lockstep::effects {

/// What planning and running a query takes: every relation that it names, views down to their
/// tables, partitions and children, and all their indexes, which the planner opens
/// (get_relation_info, plancat.c). Functions of the history are followed.
void runQuery(const Query &query, Collector &out);
/// The same where all of the result is stored: CREATE TABLE AS, REFRESH. Whatever the conditions,
/// the tables are taken to be read whole.
void fillFrom(const Query &query, Collector &out);
/// What storing a query takes (CREATE VIEW): the relations that it names.
void bindQuery(const Query &query, Collector &out);
/// The same for a query that is rewritten at once (functions, PREPARE): views are followed.
void rewriteQuery(const Query &query, Collector &out);
/// Planning without running: EXPLAIN.
void planQuery(const Query &query, Collector &out);

/// How a query that is planned uses a relation.
struct PlannedUse {
  LockMode mode = LockMode::access_share;
  bool descend = true;    ///< Partitions and children, too.
  bool reads_all = false; ///< No condition and no limit can spare rows.
  /// What the rows must meet, where it is about this relation alone; partitions that cannot hold
  /// such rows are left alone.
  const Expression *condition = nullptr;
};
void planRelation(const Place &place, const PlannedUse &use, Collector &out);
/// Rows for which `condition` holds are put into a partitioned table: locks the partitions that can
/// take them. Their indexes are opened for a moment only.
void routeRows(const Place &table, const Expression &condition, Collector &out);

using ColumnTest = std::function<bool(std::string_view column)>;
/// The foreign keys of `table` that a write checks: those that `is_checked` accepts.
void checkKeysOf(const Relation &table, const std::function<bool(const Constraint &)> &is_checked,
                 Collector &out);
/// What the foreign keys that reference `table` do when its rows go, or change in those columns.
void followDelete(const Relation &table, Collector &out);
void followUpdate(const Relation &table, const ColumnTest &is_set, Collector &out);

} // namespace lockstep::effects
