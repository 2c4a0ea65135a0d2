#include "ddl/index.hpp"

#include "ddl/expression.hpp"
#include "ddl/options.hpp"

namespace lockstep::ddl {

static std::string elementText(const IndexElement &element, bool with_operator) {
  std::string text;
  if (element.expression)
    text = isCall(*element.expression) ? element.expression->text
                                       : "(" + element.expression->text + ")";
  else
    text = quoteIdentifier(element.column);
  if (!element.collation.empty())
    text += " COLLATE " + sqlName(element.collation);
  if (!element.opclass.empty())
    text += " " + sqlName(element.opclass);
  if (!element.opclass_options.empty())
    text += " (" + optionList(element.opclass_options) + ")";
  if (element.descending)
    text += " DESC";
  // The default is what the direction says: NULLS FIRST of DESC.
  if (element.nulls_first && *element.nulls_first != element.descending)
    text += *element.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  if (with_operator)
    text += " WITH " + *element.exclude_operator;
  return text;
}

std::string elementList(const std::vector<IndexElement> &elements, bool with_operators) {
  std::string text;
  for (const IndexElement &element : elements)
    text += (text.empty() ? "" : ", ") + elementText(element, with_operators);
  return text;
}

std::string elementsText(const IndexInfo &index, bool with_operators) {
  std::string text = "(" + elementList(index.elements, with_operators) + ")";
  if (!index.include.empty())
    text += " INCLUDE (" + identifierList(index.include) + ")";
  return text;
}

SqlStatement createIndex(const Catalog &catalog, const Relation &index, bool concurrently) {
  if (!index.index)
    return {};
  const IndexInfo &info = *index.index;
  const Relation *table = catalog.relation(info.table);
  std::string text = info.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  if (concurrently)
    text += "CONCURRENTLY ";
  text += quoteIdentifier(index.name) + " ON ";
  if (index.kind == RelationKind::partitioned_index)
    text += "ONLY ";
  text += table ? table->qualifiedName() : quoteIdentifier(index.schema);
  text += " USING " + info.method + " " + elementsText(info);
  if (info.nulls_not_distinct)
    text += " NULLS NOT DISTINCT";
  if (!index.options.empty())
    text += " WITH (" + optionList(index.options) + ")";
  if (!index.tablespace.empty())
    text += " TABLESPACE " + quoteIdentifier(index.tablespace);
  if (info.predicate)
    text += " WHERE (" + info.predicate->text + ")";
  return {std::move(text), table ? table->search_path : nullptr};
}

SqlStatements attachIndex(const Catalog &catalog, const Relation &index) {
  const Relation *parent = index.index ? catalog.relation(index.index->parent) : nullptr;
  if (!parent)
    return {};
  return {"ALTER INDEX " + parent->qualifiedName() + " ATTACH PARTITION " + index.qualifiedName()};
}

} // namespace lockstep::ddl
