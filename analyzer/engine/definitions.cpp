#include "engine/definitions.hpp"

#include "base/text.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>

namespace lockstep::engine {

namespace {
struct AddedColumns {
  std::vector<AddedColumn> &added;

  void operator()(const CreateTable &op) const {
    added.reserve(op.columns.size());
    for (const ColumnDef &column : op.columns)
      added.push_back({&op.table, &column});
  }
  void operator()(const AddColumn &op) const { added.push_back({&op.target.relation, &op.column}); }
  template <NotAnswering<Gives::columns> Kind> void operator()(const Kind &) const {}
};

/// The constraints that do not stand with a column.
struct AddedConstraints {
  std::vector<AddedConstraint> &added;

  void operator()(const CreateTable &op) const {
    for (const ConstraintDef &constraint : op.constraints)
      added.push_back({&op.table, &constraint});
  }
  void operator()(const AddColumn &) const {}
  void operator()(const AddConstraint &op) const {
    added.push_back({&op.target.relation, &op.constraint});
  }
  template <NotAnswering<Gives::columns, Gives::constraint> Kind>
  void operator()(const Kind &) const {}
};

/// The types that a column gets later than it was made.
struct ChangedTypes {
  std::vector<GivenType> &given;

  void operator()(const AlterColumnType &op) const {
    given.push_back({&op.target.relation, op.column, &op.type, op.where});
  }
  template <NotAnswering<Gives::type> Kind> void operator()(const Kind &) const {}
};
} // namespace

std::vector<AddedColumn> columnsAddedBy(const Op &op) {
  std::vector<AddedColumn> added;
  std::visit(AddedColumns{added}, op);
  return added;
}

std::vector<AddedConstraint> constraintsAddedBy(const Op &op) {
  std::vector<AddedConstraint> added;
  for (const AddedColumn &column : columnsAddedBy(op))
    for (const ConstraintDef &constraint : column.column->constraints)
      added.push_back({column.table, &constraint});
  std::visit(AddedConstraints{added}, op);
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
  std::visit(ChangedTypes{given}, op);
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

} // namespace lockstep::engine
