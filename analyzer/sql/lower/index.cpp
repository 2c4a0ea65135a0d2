#include "sql/lower/index.hpp"

#include "sql/query/expression.hpp"
#include "sql/query/name.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

IndexElement lowerIndexElement(Lowering &at, const IndexElem &node) {
  IndexElement element;
  element.column = text(node.name);
  element.expression = lowerOptional(at, node.expr);
  element.collation = qualifiedName(node.collation);
  element.opclass = qualifiedName(node.opclass);
  element.opclass_options = lowerOptions(at, node.opclassopts);
  element.descending = node.ordering == SORTBY_DESC;
  if (node.nulls_ordering != SORTBY_NULLS_DEFAULT)
    element.nulls_first = node.nulls_ordering == SORTBY_NULLS_FIRST;
  return element;
}

void lowerIndex(Lowering &at, const IndexStmt &node) {
  CreateIndex index;
  index.name = text(node.idxname);
  index.table = relationName(at, node.relation);
  index.only = !node.relation->inh;
  index.elements.reserve(cells(node.indexParams).size());
  for (const IndexElem *element : nodes<IndexElem>(node.indexParams))
    index.elements.push_back(lowerIndexElement(at, *element));
  for (const IndexElem *element : nodes<IndexElem>(node.indexIncludingParams))
    index.include.emplace_back(text(element->name));
  index.predicate = lowerOptional(at, node.whereClause);
  // The grammar fills in the default (DEFAULT_INDEX_TYPE).
  if (at.tokens.find("using") < at.tokens.size())
    index.method = text(node.accessMethod);
  index.tablespace = text(node.tableSpace);
  index.options = lowerOptions(at, node.options);
  index.unique = node.unique;
  index.concurrently = node.concurrent;
  index.if_not_exists = node.if_not_exists;
  index.nulls_not_distinct = node.nulls_not_distinct;
  uint32_t after = at.tokens.range(at.tokens.find("index")).end;
  index.concurrently_at = {after, after};
  at.addWhole(std::move(index));
}

static ReindexKind reindexKind(ReindexObjectType kind) {
  switch (kind) {
  case REINDEX_OBJECT_INDEX:
    return ReindexKind::index;
  case REINDEX_OBJECT_TABLE:
    return ReindexKind::table;
  case REINDEX_OBJECT_SCHEMA:
    return ReindexKind::schema;
  case REINDEX_OBJECT_SYSTEM:
    return ReindexKind::system;
  case REINDEX_OBJECT_DATABASE:
    return ReindexKind::database;
  }
  return ReindexKind::index;
}

void lowerReindex(Lowering &at, const ReindexStmt &node) {
  Reindex op;
  op.kind = reindexKind(node.kind);
  op.name = node.relation ? relationName(at, node.relation) : QualifiedName{};
  if (node.name)
    op.name.name = text(node.name);
  for (const Option &option : lowerOptions(at, node.params)) {
    if (option.name == "concurrently")
      op.concurrently = optionIsOn(option);
    else if (option.name == "tablespace")
      op.tablespace = option.value;
  }
  at.addWhole(std::move(op));
}

void lowerCluster(Lowering &at, const ClusterStmt &node) {
  Cluster op;
  op.table = relationName(at, node.relation);
  op.index = text(node.indexname);
  at.addWhole(std::move(op));
}

void lowerVacuum(Lowering &at, const VacuumStmt &node) {
  Vacuum op;
  op.vacuum = node.is_vacuumcmd;
  op.analyze = !node.is_vacuumcmd;
  op.options = lowerOptions(at, node.options);
  for (const Option &option : op.options) {
    if (option.name == "full")
      op.full = optionIsOn(option);
    else if (option.name == "analyze")
      op.analyze = optionIsOn(option);
  }
  for (const VacuumRelation *relation : nodes<VacuumRelation>(node.rels)) {
    Vacuum::Target &target = op.targets.emplace_back();
    target.table = relationName(at, relation->relation);
    target.columns = stringList(relation->va_cols);
    target.only = relation->relation && !relation->relation->inh;
  }
  at.addWhole(std::move(op));
}

} // namespace lockstep::sql
