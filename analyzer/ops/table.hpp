#pragma once
#include "base/rare.hpp"
#include "ops/expression.hpp"
#include "ops/layer.hpp"
#include "ops/name.hpp"
#include "ops/traits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::ops {

enum class Persistence : uint8_t { permanent, unlogged, temporary };
enum class Generated : uint8_t { none, stored, virtual_ };
enum class Identity : uint8_t { none, always, by_default };

/// One `name = value` of WITH (…), OPTIONS (…) or a sequence's options. Value is the SQL text.
struct Option {
  std::string name;
  std::string value;
  Range where;
};

enum class ConstraintKind : uint8_t {
  check,
  not_null,
  unique,
  primary_key,
  foreign_key,
  exclusion
};

/// An element of an index or exclusion constraint: a column or an expression.
struct IndexElement {
  std::string column; ///< Empty for an expression.
  SqlExpressionPointer expression;
  Rare<QualifiedName> collation;
  Rare<QualifiedName> opclass;
  Rare<std::vector<Option>> opclass_options;
  bool descending = false;
  std::optional<bool> nulls_first;    ///< As written.
  Rare<std::string> exclude_operator; ///< EXCLUDE … WITH operator.
};

/// A constraint, inline or of the table: both become the same value.
struct ConstraintDef {
  ConstraintKind kind = ConstraintKind::check;
  std::string name; ///< Empty where PostgreSQL generates it.
  std::vector<std::string> columns;
  SqlExpressionPointer expression;          ///< CHECK; the predicate of EXCLUDE.
  Rare<std::vector<IndexElement>> elements; ///< EXCLUDE.
  Rare<std::vector<std::string>> include;
  Rare<std::string> method;      ///< EXCLUDE USING.
  Rare<std::string> using_index; ///< UNIQUE/PRIMARY KEY USING INDEX.
  Rare<std::string> tablespace;
  Rare<std::vector<Option>> options;             ///< WITH (…) of the index.
  Rare<QualifiedName> referenced;                ///< FOREIGN KEY.
  std::vector<std::string> referenced_columns;   ///< Empty: the primary key's.
  Rare<std::vector<std::string>> delete_columns; ///< ON DELETE SET NULL (…) (15).
  char on_delete = 'a';                          ///< pg_constraint.confdeltype.
  char on_update = 'a';
  char match = 's'; ///< pg_constraint.confmatchtype.
  bool not_valid = false;
  bool enforced = true; ///< NOT ENFORCED (18).
  bool deferrable = false;
  bool initially_deferred = false;
  bool no_inherit = false;
  bool nulls_not_distinct = false;
  bool without_overlaps = false; ///< UNIQUE/PRIMARY KEY … WITHOUT OVERLAPS, FK … PERIOD (18).
  bool is_inline = false;        ///< Written with a column.
  Range where;
  Range not_valid_at; ///< Where NOT VALID stands; empty where it does not.
};

struct ColumnDef {
  std::string name;
  TypeName type; ///< Empty for a column of OF or PARTITION OF that only adds options.
  Rare<QualifiedName> collation;
  SqlExpressionPointer default_value; ///< Also DEFAULT NULL.
  Generated generated = Generated::none;
  SqlExpressionPointer generation; ///< GENERATED ALWAYS AS (…).
  Identity identity = Identity::none;
  Rare<std::vector<Option>> identity_options;
  bool not_null = false;                  ///< NOT NULL was written.
  bool explicit_null = false;             ///< NULL was written.
  std::vector<ConstraintDef> constraints; ///< All inline ones, NOT NULL included.
  Rare<std::string> storage;
  Rare<std::string> compression;
  Rare<std::vector<Option>> options; ///< OPTIONS (…) of a foreign table's column.
  Range where;                       ///< The whole definition.
  Range name_where;                  ///< The column's name.
};

/// CREATE TABLE … (LIKE source …).
struct LikeClause {
  QualifiedName source;
  bool including_defaults = false;
  bool including_constraints = false;
  bool including_indexes = false;
  bool including_identity = false;
  bool including_generated = false;
  bool including_statistics = false;
  bool including_storage = false;
  bool including_comments = false;
  bool including_compression = false;
  size_t position = 0; ///< How many columns were written before it.
};

enum class PartitionStrategy : uint8_t { none, range, list, hash };

struct PartitionBy {
  PartitionStrategy strategy = PartitionStrategy::none;
  std::vector<IndexElement> keys;

  [[nodiscard]] bool empty() const { return strategy == PartitionStrategy::none; }
};

/// FOR VALUES …, or DEFAULT.
struct PartitionBound {
  PartitionStrategy strategy = PartitionStrategy::none;
  bool is_default = false;
  std::vector<SqlExpression> lower;  ///< FROM; MINVALUE and MAXVALUE are columns of that name.
  std::vector<SqlExpression> upper;  ///< TO.
  std::vector<SqlExpression> values; ///< IN.
  int modulus = 0;
  int remainder = 0;
  std::string text; ///< As written.

  [[nodiscard]] bool empty() const { return strategy == PartitionStrategy::none && !is_default; }
};

/// CREATE TABLE and CREATE FOREIGN TABLE.
struct CreateTable {
  QualifiedName table;
  Persistence persistence = Persistence::permanent;
  bool if_not_exists = false;
  bool is_foreign = false;
  Rare<std::string> server; ///< Of a foreign table.
  std::vector<ColumnDef> columns;
  std::vector<ConstraintDef> constraints; ///< Table-level ones.
  Rare<std::vector<LikeClause>> likes;
  Rare<std::vector<QualifiedName>> inherits;
  Rare<PartitionBy> partition_by;
  Rare<QualifiedName> partition_of;
  Rare<PartitionBound> bound;
  Rare<TypeName> of_type;
  Rare<std::string> access_method;
  Rare<std::string> tablespace;
  Rare<std::vector<Option>> options;
  char on_commit = 'p'; ///< 'p' preserve, 'd' delete rows, 'x' drop.
  Range where;

  static constexpr OpTraits traits = OpTraits(
      Changes::schema, Existence::made, Subject::none, Repeats::if_not_exists, IfMissing::fails,
      Planned::no, Gives::columns, Expressions::checked, Strings::values);
};

/// CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW.
struct CreateTableAs {
  QualifiedName table;
  Persistence persistence = Persistence::permanent;
  bool is_materialized_view = false;
  bool if_not_exists = false;
  bool with_data = true;
  std::vector<std::string> columns; ///< Names given in the statement.
  std::vector<Option> options;
  std::string access_method;
  std::string tablespace;
  char on_commit = 'p'; ///< As of CreateTable.
  Query query;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
