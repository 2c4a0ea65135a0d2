#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

#include <map>
#include <string>
#include <vector>

namespace lockstep::ddl {

/// The order of all that follows the objects themselves and ties them together, as pg_dump has it.
enum class SqlPhase : uint8_t {
  ownership,   ///< Sequences of columns, partitions, inheritance.
  settings,    ///< Of columns and tables.
  indexes,     ///< Indexes, and keys of partitioned tables.
  constraints, ///< Constraints that do not stand in CREATE TABLE, foreign keys.
  behaviour,   ///< Triggers, rules, policies.
  rights,      ///< Owners, privileges.
  comments,
};

/// SQL under construction: keeps search_path at what each statement was written for.
class SqlScript {
public:
  explicit SqlScript(const Catalog &catalog);

  /// Adds a statement that no search_path matters to.
  void start(const std::string &statement) { append(statement); }
  /// Adds a statement; one without a path takes that of the one before. Empty ones are left out.
  void add(const SqlStatement &statement);
  void add(const SqlStatements &statements);
  /// The same for those that come after all objects.
  void add(SqlPhase phase, SqlStatement statement);
  void add(SqlPhase phase, SqlStatements statements);
  /// What a reader should know and the server need not.
  void note(const std::string &text);

  /// All of it; ends the script.
  [[nodiscard]] std::string take();

private:
  void write(const std::string &statement, const SearchPath &path);
  void append(const std::string &statement);

  std::vector<std::string> all_schemas_;
  std::string path_;
  SearchPath of_; ///< What it was made of.
  std::string text_;
  std::map<SqlPhase, SqlStatements> later_;
};

} // namespace lockstep::ddl
