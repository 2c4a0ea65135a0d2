#pragma once
#include "ops/expression.hpp"
#include "ops/layer.hpp"
#include "ops/object_kind.hpp"
#include "ops/traits.hpp"

#include <cstdint>

namespace lockstep::ops {

/// PostgreSQL's table-level lock modes, weakest first (lockdefs.h; documentation 13.3.1).
enum class LockMode : uint8_t {
  none,
  access_share,
  row_share,
  row_exclusive,
  share_update_exclusive,
  share,
  share_row_exclusive,
  exclusive,
  access_exclusive,
};

/// PostgreSQL's own name: "AccessExclusiveLock"; empty for `none`.
[[nodiscard]] std::string_view name(LockMode mode);
/// As SQL says it: "ACCESS EXCLUSIVE".
[[nodiscard]] std::string_view sqlName(LockMode mode);

struct OnConflict {
  bool update = false;              ///< DO UPDATE, else DO NOTHING.
  std::vector<std::string> columns; ///< Inferred arbiter columns.
  std::string constraint;           ///< ON CONSTRAINT name.
};

struct Assignment {
  std::string column;
  Expression value;
  Range where;
};

enum class InsertSource : uint8_t { values, query, default_values };

struct Insert {
  QualifiedName table;
  std::vector<std::string> columns; ///< Empty where the statement names none.
  InsertSource source = InsertSource::values;
  uint32_t row_count = 0;   ///< Rows of VALUES.
  uint32_t value_count = 0; ///< Values in its first row.
  /// The rows of VALUES as row constructors; empty for the many of a dump.
  std::vector<Expression> rows;
  std::optional<OnConflict> on_conflict;
  Query query; ///< All that is referenced besides the target; empty for plain VALUES.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::rows, Existence::kept, Subject::table, Repeats::in_doubt, IfMissing::fails,
               Planned::yes, Gives::nothing, Expressions::none, Strings::column_values);
};

struct Update {
  QualifiedName table;
  std::string alias;
  bool only = false;
  std::vector<Assignment> assignments;
  ExpressionPointer condition;
  bool has_from = false;
  Query query; ///< All that is referenced besides the target.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::rows, Existence::kept, Subject::table, Repeats::freely, IfMissing::fails,
               Planned::yes, Gives::nothing, Expressions::none, Strings::column_values);
};

struct Delete {
  QualifiedName table;
  std::string alias;
  bool only = false;
  ExpressionPointer condition;
  bool has_using = false;
  Query query;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::rows, Existence::kept, Subject::table, Repeats::freely, IfMissing::fails,
               Planned::yes, Gives::nothing, Expressions::none, Strings::column_values);
};

struct Merge {
  QualifiedName table;
  bool inserts = false;
  bool updates = false;
  bool deletes = false;
  std::vector<std::string> inserted; ///< Columns that its INSERTs name; empty where one names none.
  std::vector<std::string> updated;  ///< Columns that its UPDATEs set.
  Query query;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::rows, Existence::kept, Subject::table, Repeats::in_doubt, IfMissing::fails,
               Planned::yes, Gives::nothing, Expressions::none, Strings::column_values);
};

/// SELECT, VALUES, TABLE; also the query of EXPLAIN, DECLARE CURSOR and EXECUTE-less PREPARE.
struct Select {
  Query query;
  bool runs = true; ///< False where the query is only planned or stored (EXPLAIN, PREPARE).
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::nothing, Existence::kept, Subject::none, Repeats::freely, IfMissing::fails,
               Planned::yes, Gives::nothing, Expressions::none, Strings::values);
};

struct Copy {
  QualifiedName table; ///< Empty for COPY (query).
  std::vector<std::string> columns;
  bool from = true;
  bool program = false;
  Query query;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::rows, Existence::kept, Subject::table, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::column_values);
};

struct Truncate {
  std::vector<QualifiedName> tables;
  std::vector<bool> only; ///< Parallel to `tables`.
  bool cascade = false;
  bool restart_identity = false;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::rows, Existence::kept, Subject::tables, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct LockTable {
  std::vector<QualifiedName> tables;
  std::vector<bool> only; ///< Parallel to `tables`.
  LockMode mode = LockMode::access_exclusive;
  bool nowait = false;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::nothing, Existence::kept, Subject::tables, Repeats::in_doubt,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
