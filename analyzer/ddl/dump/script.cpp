#include "ddl/dump/script.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_set>

namespace lockstep::ddl {

SqlScript::SqlScript(const Catalog &catalog) : all_schemas_(catalog.schemas()) {}

void SqlScript::write(const std::string &statement, const SearchPath &path) {
  // Every schema is in reach, those of the definition's own search_path first.
  std::string value;
  std::vector<std::string> schemas;
  const bool is_same = of_ && (path == of_ || (path && *path == *of_));
  if (!path_.empty() && (!path || is_same))
    return append(statement);
  if (path)
    schemas = *path;
  of_ = path;
  const std::unordered_set<std::string_view> own(schemas.begin(), schemas.end());
  std::copy_if(all_schemas_.begin(), all_schemas_.end(), std::back_inserter(schemas),
               [&](const std::string &schema) { return !own.contains(schema); });
  for (const std::string &schema : schemas)
    value += (value.empty() ? "" : ", ") + quoteIdentifier(schema);
  if (value != path_ && !value.empty()) {
    text_ += "SET search_path = " + value + ";\n\n";
    path_ = value;
  }
  append(statement);
}

void SqlScript::append(const std::string &statement) { text_ += statement + ";\n\n"; }

void SqlScript::add(const SqlStatement &statement) {
  if (!statement.text.empty())
    write(statement.text, statement.path);
}

void SqlScript::add(const SqlStatements &statements) {
  for (const SqlStatement &statement : statements)
    add(statement);
}

void SqlScript::add(SqlPhase phase, SqlStatement statement) {
  later_[phase].push_back(std::move(statement));
}

void SqlScript::add(SqlPhase phase, SqlStatements statements) {
  for (SqlStatement &statement : statements)
    add(phase, std::move(statement));
}

void SqlScript::note(const std::string &text) {
  for (std::string_view line : split(text, '\n')) {
    // A CR would end the comment.
    std::string comment(line);
    std::erase(comment, '\r');
    text_ += "-- " + comment + "\n";
  }
  text_ += "\n";
}

std::string SqlScript::take() {
  for (const auto &[phase, statements] : later_)
    add(statements);
  return std::move(text_);
}

} // namespace lockstep::ddl
