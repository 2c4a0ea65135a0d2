#include "engine/definitions.hpp"

#include "base/text.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>

namespace lockstep {

std::vector<AddedColumn> columnsAddedBy(const Op &op) {
  std::vector<AddedColumn> added;
  if (const auto *table = std::get_if<CreateTable>(&op)) {
    added.reserve(table->columns.size());
    for (const ColumnDef &column : table->columns)
      added.push_back({&table->table, &column});
  }
  if (const auto *add = std::get_if<AddColumn>(&op))
    added.push_back({&add->target.relation, &add->column});
  return added;
}

std::vector<AddedConstraint> constraintsAddedBy(const Op &op) {
  std::vector<AddedConstraint> added;
  for (const AddedColumn &column : columnsAddedBy(op))
    for (const ConstraintDef &constraint : column.column->constraints)
      added.push_back({column.table, &constraint});
  if (const auto *table = std::get_if<CreateTable>(&op))
    for (const ConstraintDef &constraint : table->constraints)
      added.push_back({&table->table, &constraint});
  if (const auto *add = std::get_if<AddConstraint>(&op))
    added.push_back({&add->target.relation, &add->constraint});
  return added;
}

std::vector<GivenType> typesGivenBy(const Op &op) {
  std::vector<GivenType> given;
  const std::vector<AddedColumn> added = columnsAddedBy(op);
  given.reserve(added.size());
  for (const AddedColumn &column : added)
    if (!column.column->type.empty())
      given.push_back(
          {column.table, column.column->name, &column.column->type, column.column->where});
  if (const auto *alter = std::get_if<AlterColumnType>(&op))
    given.push_back({&alter->target.relation, alter->column, &alter->type, alter->where});
  return given;
}

bool isBuiltin(const TypeName &type, std::string_view name) {
  return (type.schema.empty() || type.schema == "pg_catalog") && type.name == name &&
         type.array_dimensions == 0;
}

std::optional<uint32_t> endOfWord(const StatementStep &step, std::string_view word) {
  if (step.embedded || !step.source)
    return std::nullopt;
  const std::string_view text = step.source->text;
  Lexer lexer(text, step.statement->range.begin);
  for (Token token = lexer.next();
       token.kind != TokenKind::end && token.end() <= step.statement->range.end;
       token = lexer.next())
    if (token.kind == TokenKind::word &&
        equalsIgnoringCase(text.substr(token.begin, token.size), word))
      return token.end();
  return std::nullopt;
}

bool leadsWith(const IndexInfo &index, const std::vector<std::string> &columns) {
  if (!index.valid || index.predicate || index.elements.size() < columns.size())
    return false;
  return std::all_of(index.elements.begin(),
                     index.elements.begin() + static_cast<std::ptrdiff_t>(columns.size()),
                     [&](const IndexElement &element) {
                       return !element.expression && std::find(columns.begin(), columns.end(),
                                                               element.column) != columns.end();
                     });
}

} // namespace lockstep
