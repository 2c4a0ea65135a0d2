#include "sql/lower/table.hpp"

#include "sql/lower/index.hpp"
#include "sql/query/expression.hpp"
#include "sql/query/name.hpp"
#include "sql/query/query.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <catalog/pg_attribute.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

// --- constraints ---------------------------------------------------------------------------------

static ConstraintKind kindOf(ConstrType type) {
  switch (type) {
  case CONSTR_NOTNULL:
    return ConstraintKind::not_null;
  case CONSTR_PRIMARY:
    return ConstraintKind::primary_key;
  case CONSTR_UNIQUE:
    return ConstraintKind::unique;
  case CONSTR_EXCLUSION:
    return ConstraintKind::exclusion;
  case CONSTR_FOREIGN:
    return ConstraintKind::foreign_key;
  default:
    return ConstraintKind::check;
  }
}

ConstraintDef lowerConstraint(Lowering &at, const ::Constraint &node, Range where) {
  ConstraintDef result;
  result.kind = kindOf(node.contype);
  result.name = text(node.conname);
  result.columns = stringList(node.contype == CONSTR_FOREIGN ? node.fk_attrs : node.keys);
  result.expression =
      lowerOptional(at, node.contype == CONSTR_EXCLUSION ? node.where_clause : node.raw_expr);
  for (const ::List *pair : nodes<::List>(node.exclusions)) {
    auto parts = cells(pair);
    IndexElement element = lowerIndexElement(at, *static_cast<const IndexElem *>(parts[0]));
    element.exclude_operator = lastName(static_cast<const ::List *>(parts[1]));
    result.elements.push_back(std::move(element));
  }
  result.include = stringList(node.including);
  if (node.contype == CONSTR_EXCLUSION)
    result.method = text(node.access_method);
  result.using_index = text(node.indexname);
  result.tablespace = text(node.indexspace);
  result.options = lowerOptions(at, node.options);
  if (node.contype == CONSTR_FOREIGN) {
    result.referenced = relationName(at, node.pktable);
    result.referenced_columns = stringList(node.pk_attrs);
    result.delete_columns = stringList(node.fk_del_set_cols);
    result.on_delete = node.fk_del_action;
    result.on_update = node.fk_upd_action;
    result.match = node.fk_matchtype;
  }
  result.not_valid = node.skip_validation;
  result.deferrable = node.deferrable;
  result.initially_deferred = node.initdeferred;
  result.no_inherit = node.is_no_inherit;
  result.nulls_not_distinct = node.nulls_not_distinct;
#if PG_VERSION_NUM >= 180000
  // The grammar fills it in only where NOT ENFORCED may be said.
  result.enforced =
      node.is_enforced || (node.contype != CONSTR_CHECK && node.contype != CONSTR_FOREIGN);
  result.without_overlaps = node.without_overlaps || node.fk_with_period;
#endif
  result.where = where;
  size_t end = at.tokens.at(where.end);
  for (size_t i = at.tokens.at(where.begin); i + 1 < end; i = at.tokens.next(i))
    if (at.tokens.is(i, "not") && at.tokens.is(i + 1, "valid"))
      result.not_valid_at = at.tokens.span(i, i + 2);
  // NOT ENFORCED implies that existing rows are not checked; only NOT VALID says so.
  result.not_valid = result.not_valid && !result.not_valid_at.empty();
  return result;
}

// --- columns -------------------------------------------------------------------------------------

/// DEFERRABLE and its kin are nodes of their own that belong to the constraint before them.
static bool isAttribute(ConstrType type) {
  switch (type) {
  case CONSTR_ATTR_DEFERRABLE:
  case CONSTR_ATTR_NOT_DEFERRABLE:
  case CONSTR_ATTR_DEFERRED:
  case CONSTR_ATTR_IMMEDIATE:
#if PG_VERSION_NUM >= 180000
  case CONSTR_ATTR_ENFORCED:
  case CONSTR_ATTR_NOT_ENFORCED:
#endif
    return true;
  default:
    return false;
  }
}

static void applyAttribute(ConstraintDef &constraint, ConstrType type) {
  switch (type) {
  case CONSTR_ATTR_DEFERRABLE:
    constraint.deferrable = true;
    break;
  case CONSTR_ATTR_DEFERRED:
    constraint.deferrable = true;
    constraint.initially_deferred = true;
    break;
#if PG_VERSION_NUM >= 180000
  case CONSTR_ATTR_NOT_ENFORCED:
    constraint.enforced = false;
    break;
#endif
  default: // The others say what is so without them.
    break;
  }
}

Identity identityOf(char generated_when) {
  return generated_when == ATTRIBUTE_IDENTITY_ALWAYS ? Identity::always : Identity::by_default;
}

/// The qualifiers of a column, each up to the next one.
static void lowerQualifiers(Lowering &at, ColumnDef &column, const ::ColumnDef &node, size_t end) {
  auto qualifiers = nodes<::Constraint>(node.constraints);
  for (size_t i = 0; i < qualifiers.size(); ++i) {
    const ::Constraint &qualifier = *qualifiers[i];
    size_t first = at.tokenAt(qualifier.location), last = end;
    for (size_t next = i + 1; next < qualifiers.size() && last == end; ++next)
      if (!isAttribute(qualifiers[next]->contype))
        last = at.tokenAt(qualifiers[next]->location);
    if (node.collClause && node.collClause->location > qualifier.location)
      last = std::min(last, at.tokenAt(node.collClause->location));
    switch (qualifier.contype) {
    case CONSTR_NULL:
      column.explicit_null = true;
      break;
    case CONSTR_DEFAULT:
      column.default_value = lowerOptional(at, qualifier.raw_expr);
      break;
    case CONSTR_IDENTITY:
      column.identity = identityOf(qualifier.generated_when);
      column.identity_options = lowerOptions(at, qualifier.options);
      break;
    case CONSTR_GENERATED:
      column.generation = lowerOptional(at, qualifier.raw_expr);
#if PG_VERSION_NUM >= 180000
      column.generated = qualifier.generated_kind == ATTRIBUTE_GENERATED_VIRTUAL
                             ? Generated::virtual_
                             : Generated::stored;
#else
      column.generated = Generated::stored;
#endif
      break;
    case CONSTR_NOTNULL:
    case CONSTR_CHECK:
    case CONSTR_PRIMARY:
    case CONSTR_UNIQUE:
    case CONSTR_EXCLUSION:
    case CONSTR_FOREIGN: {
      column.not_null |= qualifier.contype == CONSTR_NOTNULL;
      ConstraintDef constraint = lowerConstraint(at, qualifier, at.tokens.span(first, last));
      constraint.columns.assign(1, column.name);
      constraint.is_inline = true;
      column.constraints.push_back(std::move(constraint));
      break;
    }
    default:
      if (!column.constraints.empty())
        applyAttribute(column.constraints.back(), qualifier.contype);
      break;
    }
  }
}

ColumnDef lowerColumnDef(Lowering &at, const ::ColumnDef &node, size_t end) {
  ColumnDef column;
  column.name = text(node.colname);
  size_t first = at.tokenAt(node.location);
  column.name_where = at.tokens.range(first);
  column.where = at.tokens.span(first, end);
  column.type = lowerType(at, node.typeName);
  column.collation = lowerCollation(at, node.collClause);
  column.storage = text(node.storage_name);
  column.compression = text(node.compression);
  column.options = lowerOptions(at, node.fdwoptions);
  lowerQualifiers(at, column, node, end);
  return column;
}

// --- partitions ----------------------------------------------------------------------------------

static std::vector<SqlExpression> lowerBoundValues(Lowering &at, const ::List *values) {
  std::vector<SqlExpression> result;
  result.reserve(cells(values).size());
  for (const ::Node *value : nodes<::Node>(values))
    result.push_back(lowerSqlExpression(at, value));
  return result;
}

PartitionBound lowerBound(Lowering &at, const ::PartitionBoundSpec *node) {
  PartitionBound bound;
  if (!node)
    return bound;
  bound.is_default = node->is_default;
  size_t first = at.tokenAt(node->location), end = first + 1;
  if (!node->is_default) {
    first -= std::min<size_t>(first, 2); // The location is that of WITH, IN or FROM: FOR VALUES …
    end = at.tokens.next(end);
    if (at.tokens.is(end, "to"))
      end = at.tokens.next(end + 1);
  }
  bound.text = at.tokens.slice(at.tokens.span(first, end));
  switch (node->is_default ? 0 : node->strategy) {
  case PARTITION_STRATEGY_HASH:
    bound.strategy = PartitionStrategy::hash;
    bound.modulus = node->modulus;
    bound.remainder = node->remainder;
    break;
  case PARTITION_STRATEGY_LIST:
    bound.strategy = PartitionStrategy::list;
    bound.values = lowerBoundValues(at, node->listdatums);
    break;
  case PARTITION_STRATEGY_RANGE:
    bound.strategy = PartitionStrategy::range;
    bound.lower = lowerBoundValues(at, node->lowerdatums);
    bound.upper = lowerBoundValues(at, node->upperdatums);
    break;
  default:
    break;
  }
  return bound;
}

static PartitionBy lowerPartitionBy(Lowering &at, const PartitionSpec &node) {
  PartitionBy result;
  switch (node.strategy) {
  case PARTITION_STRATEGY_LIST:
    result.strategy = PartitionStrategy::list;
    break;
  case PARTITION_STRATEGY_RANGE:
    result.strategy = PartitionStrategy::range;
    break;
  case PARTITION_STRATEGY_HASH:
    result.strategy = PartitionStrategy::hash;
    break;
  }
  for (const PartitionElem *key : nodes<PartitionElem>(node.partParams)) {
    IndexElement &element = result.keys.emplace_back();
    element.column = text(key->name);
    element.expression = lowerOptional(at, key->expr);
    element.collation = qualifiedName(key->collation);
    element.opclass = qualifiedName(key->opclass);
  }
  return result;
}

// --- CREATE TABLE --------------------------------------------------------------------------------

static LikeClause lowerLike(const Lowering &at, const TableLikeClause &node) {
  auto has = [&](bits32 option) { return (node.options & option) != 0; };
  LikeClause like;
  like.source = relationName(at, node.relation);
  like.including_defaults = has(CREATE_TABLE_LIKE_DEFAULTS);
  like.including_constraints = has(CREATE_TABLE_LIKE_CONSTRAINTS);
  like.including_indexes = has(CREATE_TABLE_LIKE_INDEXES);
  like.including_identity = has(CREATE_TABLE_LIKE_IDENTITY);
  like.including_generated = has(CREATE_TABLE_LIKE_GENERATED);
  like.including_statistics = has(CREATE_TABLE_LIKE_STATISTICS);
  like.including_storage = has(CREATE_TABLE_LIKE_STORAGE);
  like.including_comments = has(CREATE_TABLE_LIKE_COMMENTS);
  like.including_compression = has(CREATE_TABLE_LIKE_COMPRESSION);
  return like;
}

static void lowerElements(Lowering &at, CreateTable &table, const ::List *elements) {
  table.columns.reserve(cells(elements).size());
  for (const ::Node *element : nodes<::Node>(elements)) {
    if (IsA(element, ColumnDef)) {
      const auto *column = as<::ColumnDef>(element);
      size_t end = at.tokens.elementEnd(at.tokenAt(column->location));
      table.columns.push_back(lowerColumnDef(at, *column, end));
    } else if (IsA(element, Constraint)) {
      const auto *constraint = as<::Constraint>(element);
      size_t first = at.tokenAt(constraint->location);
      Range where = at.tokens.span(first, at.tokens.elementEnd(first));
      table.constraints.push_back(lowerConstraint(at, *constraint, where));
    } else if (IsA(element, TableLikeClause)) {
      LikeClause like = lowerLike(at, *as<TableLikeClause>(element));
      like.position = table.columns.size();
      table.likes.push_back(like);
    }
  }
}

static char onCommitOf(OnCommitAction action) {
  switch (action) {
  case ONCOMMIT_DELETE_ROWS:
    return 'd';
  case ONCOMMIT_DROP:
    return 'x';
  case ONCOMMIT_NOOP:
  case ONCOMMIT_PRESERVE_ROWS:
    break;
  }
  return 'p';
}

CreateTable &lowerCreateTable(Lowering &at, const ::CreateStmt &node) {
  CreateTable table;
  table.table = relationName(at, node.relation);
  table.persistence = persistence(node.relation);
  table.if_not_exists = node.if_not_exists;
  lowerElements(at, table, node.tableElts);
  for (const ::RangeVar *parent : nodes<::RangeVar>(node.inhRelations)) {
    if (node.partbound)
      table.partition_of = relationName(at, parent);
    else
      table.inherits.push_back(relationName(at, parent));
  }
  if (node.partspec)
    table.partition_by = lowerPartitionBy(at, *node.partspec);
  if (node.partbound)
    table.bound = lowerBound(at, node.partbound);
  table.of_type = lowerType(at, node.ofTypename);
  table.access_method = text(node.accessMethod);
  table.tablespace = text(node.tablespacename);
  table.options = lowerOptions(at, node.options);
  table.on_commit = onCommitOf(node.oncommit);
  return at.addWhole(std::move(table));
}

void lowerForeignTable(Lowering &at, const CreateForeignTableStmt &node) {
  CreateTable &table = lowerCreateTable(at, node.base);
  table.is_foreign = true;
  table.server = text(node.servername);
  table.options = lowerOptions(at, node.options);
}

// --- CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW --------------------------------------

void lowerInto(Lowering &at, const IntoClause &into, const ::Node *source, Range where,
               CreateTableAs &&table) {
  table.table = relationName(at, into.rel);
  table.persistence = persistence(into.rel);
  table.with_data = !into.skipData;
  table.columns = stringList(into.colNames);
  table.options = lowerOptions(at, into.options);
  table.access_method = text(into.accessMethod);
  table.tablespace = text(into.tableSpaceName);
  table.on_commit = onCommitOf(into.onCommit);
  table.query = lowerQuery(at, source, where);
  at.addWhole(std::move(table));
}

void lowerCreateTableAs(Lowering &at, const CreateTableAsStmt &node) {
  CreateTableAs table;
  table.is_materialized_view = node.objtype == OBJECT_MATVIEW;
  table.if_not_exists = node.if_not_exists;
  const StatementTokens &tokens = at.tokens;
  size_t first = tokens.find("as") + 1, end = tokens.size();
  for (size_t words : {2, 3}) // WITH [NO] DATA
    if (end > first + words && tokens.is(end - 1, "data") && tokens.is(end - words, "with"))
      end -= words;
  lowerInto(at, *node.into, node.query, tokens.span(first, end), std::move(table));
}

} // namespace lockstep::sql
