#pragma once
#include "catalog/catalog.hpp"
#include "catalog/state.hpp"
#include "catalog/type.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The parts of `lockstep schema` as SQL. Objects come first, each after what it is made of; then
// what ties them together, in phases, as pg_dump orders them.

namespace lockstep {

/// The order of all that follows the objects themselves.
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
  SqlScript(const Catalog &catalog, int postgres);

  [[nodiscard]] const Catalog &catalog() const { return catalog_; }
  [[nodiscard]] int postgres() const { return postgres_; }
  /// True where several NOT NULL constraints of the schema have the name: the server would generate
  /// another one for all but the first.
  [[nodiscard]] bool isSharedNotNull(const std::string &schema, const std::string &name) const;

  /// Adds a statement that no search_path matters to.
  void start(const std::string &statement) { append(statement); }
  /// Adds a statement, without its semicolon; without a path the one before holds.
  void add(std::string statement, const SearchPath &path = nullptr);
  /// The same for one that comes after all objects.
  void add(SqlPhase phase, std::string statement, const SearchPath &path = nullptr);
  /// What a reader should know and the server need not.
  void note(const std::string &text);

  /// All of it; ends the script.
  [[nodiscard]] std::string take();

private:
  struct Later {
    std::string statement;
    SearchPath path;
  };
  void write(const std::string &statement, const SearchPath &path);
  void append(const std::string &statement);

  const Catalog &catalog_;
  int postgres_;
  std::vector<std::string> all_schemas_;
  std::map<std::pair<std::string, std::string>, uint32_t>
      not_nulls_; ///< Schema and name → how many.
  std::string path_;
  std::string text_;
  std::map<SqlPhase, std::vector<Later>> later_;
};

/// True for a relation that the history mentions but did not make.
[[nodiscard]] bool isForeignToHistory(const Relation &relation);

// --- One kind of object each ---

void emitSchemas(SqlScript &script);
void emitExtension(SqlScript &script, const NamedObject &object);
void emitNamed(SqlScript &script, const NamedObject &object);
void emitType(SqlScript &script, const Type &type);
/// The shell of a base type, which its functions need.
void emitShell(SqlScript &script, const Type &type);
void emitFunction(SqlScript &script, const Function &function);
void emitSequence(SqlScript &script, const Relation &sequence);
void emitView(SqlScript &script, const Relation &view);
/// A table without what follows it; with `late` also without defaults and checks, which call
/// functions that need the table.
void emitTable(SqlScript &script, const Relation &table, bool late);
/// The columns of `table` that emitTable leaves out (see lateColumns), with their checks.
void emitLateColumns(SqlScript &script, const Relation &table, bool late);

/// What follows all objects.
void emitTableParts(SqlScript &script, const Relation &table);
void emitIndexes(SqlScript &script, const Relation &table);
void emitConstraints(SqlScript &script, const Relation &table);
void emitBehaviour(SqlScript &script, const Relation &relation);
void emitRights(SqlScript &script);
void emitComments(SqlScript &script);

/// True for a column that a table has from its parents alone.
[[nodiscard]] bool isInherited(const Relation &table, const Column &column);
/// Whether the parents' columns come first, as INHERITS puts them: else the parents are named by
/// ALTER TABLE INHERIT, which leaves the table as it is.
[[nodiscard]] bool inheritsAtOnce(const Relation &table);
/// The columns that `table` got only after tables that inherit from it had columns of their own: to
/// stand behind these again, they must be added when those tables are there.
[[nodiscard]] std::vector<std::string> lateColumns(const Catalog &catalog, const Relation &table);
/// True where the expression of a constraint names one of the columns.
[[nodiscard]] bool mentionsAny(const Constraint &constraint,
                               const std::vector<std::string> &columns);
/// True for a constraint that stands in CREATE TABLE.
[[nodiscard]] bool standsInTable(const Relation &table, const Constraint &constraint);
/// "CONSTRAINT name PRIMARY KEY (a) WITH (…)": as ADD takes it.
[[nodiscard]] std::string constraintClause(const SqlScript &script, const Constraint &constraint);
/// A word of SQL in capitals.
[[nodiscard]] std::string upperCase(std::string_view word);
/// The options of a sequence, each with a blank before it.
[[nodiscard]] std::string sequenceOptions(const SequenceInfo &sequence);
/// "name 'value', …", as OPTIONS takes it.
[[nodiscard]] std::string genericOptions(const std::vector<Option> &options);
/// A role as SQL names it: PUBLIC and its kin are words.
[[nodiscard]] std::string roleText(std::string_view role);
/// The word of a relation in ALTER, GRANT and COMMENT: "TABLE", "MATERIALIZED VIEW".
[[nodiscard]] std::string_view relationWord(const Relation &relation);
/// "schema.f(integer, text)".
[[nodiscard]] std::string functionAddress(const Function &function);
/// "FUNCTION", "PROCEDURE" or "AGGREGATE".
[[nodiscard]] std::string_view functionWord(const Function &function);

} // namespace lockstep
