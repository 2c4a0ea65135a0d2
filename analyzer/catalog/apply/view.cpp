#include "catalog/apply/apply_op.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/references.hpp"
#include "catalog/model/resolve_type.hpp"
#include "catalog/model/stored_query.hpp"

#include <algorithm>

namespace lockstep::catalog {

namespace {
/// The columns that a query yields.
struct ViewColumns {
  std::vector<Column> columns;
  bool partial = false; ///< A star of something unknown: there may be others.
};
} // namespace

static Column resultColumn(const Change &change, std::string name, const Column *source) {
  Column column;
  column.name = std::move(name);
  if (source) {
    column.type = source->type;
    column.type_id = source->type_id;
    column.collation = source->collation;
  }
  column.origin = change.origin();
  return column;
}

/// Expands a star: of one relation, or of all in the outermost scope. What is too much for a table
/// is left out, since views of views would double it each time.
static void expandStar(const Change &change, const Query &query, const ResolvedColumn &resolved,
                       const ColumnUse &use, ViewColumns &view) {
  const Catalog &catalog = change.catalog();
  const auto addAll = [&](const Relation *relation) {
    if (!relation || relation->partial)
      view.partial = true;
    if (relation && view.columns.size() <= max_columns)
      for (const Column &column : relation->columns)
        view.columns.push_back(resultColumn(change, column.name, &column));
  };
  if (use.relation >= 0)
    return addAll(catalog.relation(resolved.relation));
  bool any = false;
  for (const RelationUse &relation : query.relations)
    if (relation.scope == use.scope) {
      addAll(catalog.findRelation(relation.name));
      any = true;
    }
  view.partial = view.partial || !any;
}

static ViewColumns columnsOfQuery(const Change &change, const Query &query,
                                  const std::vector<std::string> &names) {
  const std::vector<ResolvedColumn> resolved = resolveColumns(change.catalog(), query);
  ViewColumns view;
  for (const OutputColumn &output : query.outputs) {
    const bool is_column =
        output.column >= 0 && output.column < static_cast<int>(query.columns.size());
    const size_t index = is_column ? static_cast<size_t>(output.column) : 0;
    if (output.name == "*") {
      if (is_column)
        expandStar(change, query, resolved[index], query.columns[index], view);
      else
        view.partial = true;
      continue;
    }
    const Relation *source =
        is_column ? change.catalog().relation(resolved[index].relation) : nullptr;
    Column column = resultColumn(change, output.name,
                                 source ? source->findColumn(resolved[index].column) : nullptr);
    if (!is_column && !output.type.empty()) {
      ResolvedType type = resolveType(change.catalog(), output.type, change.postgres());
      if (type.knowledge == Knowledge::known) {
        column.type = std::move(type.type);
        column.type_id = type.id;
      }
    }
    view.columns.push_back(std::move(column));
  }
  if (query.outputs.empty())
    view.partial = true;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i < view.columns.size())
      view.columns[i].name = names[i];
    else if (view.partial)
      view.columns.push_back(resultColumn(change, names[i], nullptr));
  }
  return view;
}

/// A view or a table made of a query has no more columns than another (MergeAttributes,
/// tablecmds.c).
static bool requireFewColumns(Change &change, const ViewColumns &view, Range where,
                              const QualifiedName &name) {
  return view.columns.size() <= max_columns ||
         change.refuse("54011",
                       format("tables can have at most {} columns", std::to_string(max_columns)),
                       where, sqlName(name));
}

/// CREATE OR REPLACE VIEW may only add columns at the end (checkViewColumns, view.c).
static bool mayReplace(Change &change, const Relation &old, const ViewColumns &view, Range where) {
  if (!change.catalog().isCertain(old) || view.partial)
    return true;
  const std::string object = old.qualifiedName();
  if (view.columns.size() < old.columns.size())
    return change.refuse("42P16", "cannot drop columns from view", where, object);
  for (size_t i = 0; i < old.columns.size(); ++i) {
    const Column &before = old.columns[i], &after = view.columns[i];
    if (before.name != after.name)
      return change.refuse(
          "42P16",
          format("cannot change name of view column \"{}\" to \"{}\"", before.name, after.name),
          where, object);
    if (!before.type.empty() && !after.type.empty() && !(before.type == after.type))
      return change.refuse("42P16",
                           format("cannot change data type of view column \"{}\" from {} to {}",
                                  before.name, sqlType(before.type), sqlType(after.type)),
                           where, object);
  }
  return true;
}

/// Refuses a relation of the query that is known not to exist.
static bool requireSources(Change &change, const Query &query) {
  for (const RelationUse &use : query.relations)
    if (change.catalog().knowledgeOf(use.name) == Knowledge::absent)
      return change.refuse("42P01", format("relation \"{}\" does not exist", messageName(use.name)),
                           use.name.where, messageName(use.name));
  return true;
}

/// CREATE RECURSIVE VIEW v (a) AS q stands for WITH RECURSIVE v (a) AS (q) SELECT a FROM v.
static void makeRecursive(Query &query, const QualifiedName &view,
                          const std::vector<std::string> &columns) {
  const std::string name = quoteIdentifier(view.name), list = identifierList(columns);
  query.text = format("WITH RECURSIVE {} ({}) AS (\n{}\n) SELECT {} FROM {}", name, list,
                      query.text, list, name);
}

bool applyOp(Change &change, const CreateView &op) {
  const QualifiedName name = creationName(change, op.view, op.persistence);
  if (!requireSchema(change, op.view) || !requireSources(change, op.query))
    return false;
  ViewColumns columns = columnsOfQuery(change, op.query, op.columns);
  if (!requireFewColumns(change, columns, op.where, name))
    return false;
  const NameEntry *entry = change.state().relation_names.find(NameView{name.schema, name.name});
  const Relation *existing =
      entry && entry->id != ObjectId::none ? change.catalog().relation(entry->id) : nullptr;
  ObjectId id = ObjectId::none;
  Relation view;
  view.origin = change.origin();
  if (existing && op.or_replace) {
    if (existing->kind != RelationKind::view && change.catalog().isCertain(*existing))
      return refuseKind(change, op.view, ObjectKind::view);
    if (!mayReplace(change, *existing, columns, op.where))
      return false;
    id = existing->id;
    view = *existing;
    for (size_t i = 0; i < std::min(existing->columns.size(), columns.columns.size()); ++i)
      columns.columns[i].origin = existing->columns[i].origin;
  } else {
    ObjectId replaced = ObjectId::none;
    if (!requireFreeName(change, name, op.view.where, replaced))
      return false;
    if (replaced != ObjectId::none)
      removeRelation(change, replaced);
    view.id = replaced;
  }
  view.kind = RelationKind::view;
  view.schema = name.schema;
  view.name = name.name;
  view.persistence = op.persistence;
  view.columns = std::move(columns.columns);
  view.partial = columns.partial;
  view.options = op.options;
  view.check_option = op.check_option;
  Query query = storedQuery(change.catalog(), op.query);
  if (op.recursive)
    makeRecursive(query, op.view, op.columns);
  view.query = std::make_shared<const Query>(std::move(query));
  view.references = referencesOf(change.catalog(), op.query);
  view.search_path = change.state().search_path;
  if (id != ObjectId::none)
    *change.edit(id) = std::move(view);
  else
    change.create(std::move(view));
  return true;
}

bool applyOp(Change &change, const CreateTableAs &op) {
  const QualifiedName name = creationName(change, op.table, op.persistence);
  if (!requireSchema(change, op.table) || !requireSources(change, op.query))
    return false;
  const NameEntry *entry = change.state().relation_names.find(NameView{name.schema, name.name});
  if (op.if_not_exists && entry && entry->id != ObjectId::none)
    return true;
  ObjectId replaced = ObjectId::none;
  if (!requireFreeName(change, name, op.table.where, replaced))
    return false;
  if (replaced != ObjectId::none)
    removeRelation(change, replaced);
  ViewColumns columns = columnsOfQuery(change, op.query, op.columns);
  if (!requireFewColumns(change, columns, op.where, name))
    return false;
  Relation table;
  table.id = replaced;
  table.kind = op.is_materialized_view ? RelationKind::materialized_view : RelationKind::table;
  table.schema = name.schema;
  table.name = name.name;
  table.persistence = op.persistence;
  table.columns = std::move(columns.columns);
  table.partial = columns.partial;
  table.options = op.options;
  table.access_method = op.access_method;
  table.tablespace = op.tablespace;
  table.on_commit = op.on_commit;
  table.populated = op.with_data || change.origin().isBase();
  table.origin = change.origin();
  if (op.is_materialized_view) {
    table.query = std::make_shared<const Query>(storedQuery(change.catalog(), op.query));
    table.references = referencesOf(change.catalog(), op.query);
  }
  change.create(std::move(table));
  return true;
}

bool applyOp(Change &change, const RefreshMaterializedView &op) {
  const Target target =
      findTarget(change, op.view, RelationKind::materialized_view, false, "relation");
  if (target.refused)
    return false;
  const Relation &view = *change.catalog().relation(target.id);
  if (change.catalog().isCertain(view)) {
    if (view.kind != RelationKind::materialized_view)
      return change.refuse("0A000", format("\"{}\" is not a materialized view", view.name),
                           op.view.where, view.qualifiedName());
    const auto indexes = change.catalog().indexesOf(view);
    const bool unique = std::any_of(indexes.begin(), indexes.end(), [](const Relation *index) {
      return index->index && index->index->unique && index->index->valid &&
             !index->index->predicate &&
             std::none_of(index->index->elements.begin(), index->index->elements.end(),
                          [](const IndexElement &element) { return element.expression; });
    });
    if (op.concurrently && !view.populated)
      return change.refuse(
          "55000", "CONCURRENTLY cannot be used when the materialized view is not populated",
          op.where, view.qualifiedName());
    if (op.concurrently && !unique)
      return change.refuse("55000",
                           format("cannot refresh materialized view \"{}\" concurrently",
                                  messageName({view.schema, view.name, {}})),
                           op.where, view.qualifiedName());
  }
  if (view.populated != op.with_data)
    change.edit(target.id)->populated = op.with_data;
  return true;
}

} // namespace lockstep::catalog
