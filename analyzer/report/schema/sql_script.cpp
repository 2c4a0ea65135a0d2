#include "report/schema/sql_script.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace lockstep {

SqlScript::SqlScript(const Catalog &catalog, int postgres)
    : catalog_(catalog), postgres_(postgres), all_schemas_(catalog.schemas()) {
  for (const Relation *relation : catalog.relations())
    for (const Constraint &constraint : relation->constraints)
      if (constraint.kind == ConstraintKind::not_null)
        ++not_nulls_[{relation->schema, constraint.name}];
}

bool SqlScript::isSharedNotNull(const std::string &schema, const std::string &name) const {
  const auto found = not_nulls_.find({schema, name});
  return found != not_nulls_.end() && found->second > 1;
}

void SqlScript::write(const std::string &statement, const SearchPath &path) {
  // Every schema is in reach, those of the definition's own search_path first.
  std::string value;
  std::vector<std::string> schemas;
  if (path)
    schemas = *path;
  else if (!path_.empty())
    return append(statement);
  for (const std::string &schema : all_schemas_)
    if (std::find(schemas.begin(), schemas.end(), schema) == schemas.end())
      schemas.push_back(schema);
  for (const std::string &schema : schemas)
    value += (value.empty() ? "" : ", ") + quoteIdentifier(schema);
  if (value != path_ && !value.empty()) {
    text_ += "SET search_path = " + value + ";\n\n";
    path_ = value;
  }
  append(statement);
}

void SqlScript::append(const std::string &statement) { text_ += statement + ";\n\n"; }

void SqlScript::add(std::string statement, const SearchPath &path) {
  if (!statement.empty())
    write(statement, path);
}

void SqlScript::add(SqlPhase phase, std::string statement, const SearchPath &path) {
  later_[phase].push_back({std::move(statement), path});
}

void SqlScript::note(const std::string &text) {
  for (std::string_view line : split(text, '\n')) {
    text_ += "-- " + std::string(line);
    std::erase(text_, '\r');
    text_ += "\n";
  }
  text_ += "\n";
}

std::string SqlScript::take() {
  for (const auto &[phase, statements] : later_)
    for (const Later &later : statements)
      write(later.statement, later.path);
  return std::move(text_);
}

bool isForeignToHistory(const Relation &relation) {
  return relation.partial && !relation.search_path;
}

std::string upperCase(std::string_view word) {
  std::string text(word);
  for (char &c : text)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string genericOptions(const std::vector<Option> &options) {
  std::string text;
  for (const Option &option : options)
    text += (text.empty() ? "" : ", ") + quoteIdentifier(option.name) + " " +
            quoteLiteral(option.value);
  return text;
}

std::string roleText(std::string_view role) {
  for (std::string_view word : {"current_user", "current_role", "session_user"})
    if (role == word)
      return std::string(word);
  return role == "public" ? std::string("PUBLIC") : quoteIdentifier(role);
}

std::string_view relationWord(const Relation &relation) {
  switch (relation.kind) {
  case RelationKind::view:
    return "VIEW";
  case RelationKind::materialized_view:
    return "MATERIALIZED VIEW";
  case RelationKind::sequence:
    return "SEQUENCE";
  case RelationKind::foreign_table:
    return "FOREIGN TABLE";
  case RelationKind::index:
  case RelationKind::partitioned_index:
    return "INDEX";
  case RelationKind::composite_type:
    return "TYPE";
  case RelationKind::table:
  case RelationKind::partitioned_table:
    break;
  }
  return "TABLE";
}

} // namespace lockstep
