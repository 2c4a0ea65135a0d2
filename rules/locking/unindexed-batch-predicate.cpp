#include "base/text.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

#include <algorithm>

namespace lockstep::rules {

/// The sub-select with a LIMIT that chooses the rows of a batch, or null.
static const Query *batchOf(const ExpressionPointer &condition) {
  const Query *batch = nullptr;
  if (condition)
    forEachNode(*condition, [&](const Expression &node) {
      if (node.kind == ExpressionKind::subquery && node.query && node.query->is_limited)
        batch = node.query.get();
    });
  return batch;
}

/// True where an index leads with one of the columns. A partial one serves as well, if what it asks
/// for is among what the condition asks for.
static bool hasIndex(const Relation &table, const std::vector<std::string> &columns,
                     const Catalog &catalog) {
  const auto isAsked = [&](const std::string &column) {
    return std::binary_search(columns.begin(), columns.end(), column);
  };
  std::vector<const Relation *> indexes = catalog.indexesOf(table);
  return std::any_of(indexes.begin(), indexes.end(), [&](const Relation *index) {
    const IndexInfo &info = *index->index;
    if (info.predicate) {
      const std::vector<std::string> asked = columnsOf(info.predicate->root);
      return std::all_of(asked.begin(), asked.end(), isAsked);
    }
    // What an expression stands for is not worked out.
    return !info.elements.empty() &&
           (info.elements.front().expression || isAsked(info.elements.front().column));
  });
}

template <class RowsOp> static void check(const RowsOp &op, const Step &step, Report &report) {
  const Query *batch = batchOf(op.condition);
  if (!batch || !batch->condition || batch->relations.empty() ||
      rowBoundOf(op, step.before()) != RowBound::batched)
    return;
  const QualifiedName &name = batch->relations.front().name;
  const Relation *table = step.before().findRelation(name);
  const std::vector<std::string> columns = columnsOf(*batch->condition);
  if (!table || table->partial || !table->holdsRows() || columns.empty() ||
      std::binary_search(columns.begin(), columns.end(), "ctid") ||
      hasIndex(*table, columns, step.before()))
    return;
  report
      .add(op.where,
           "no index of '{}' leads with {}: each batch searches the table from its beginning, "
           "through all rows that are done",
           shown(name), listed(columns))
      .object(table->qualifiedName())
      .help("take the batches by ranges of the primary key, or make an index for the condition "
            "first, with CONCURRENTLY");
}

extern constexpr Rule unindexed_batch_predicate{
    .id = "unindexed-batch-predicate",
    .category = Category::locking,
    .severity = Severity::info,
    .phase = Phase::migrate,
    .preset = Preset::strict,
    .checks = {on<&check<Update>>, on<&check<Delete>>},
};

} // namespace lockstep::rules
