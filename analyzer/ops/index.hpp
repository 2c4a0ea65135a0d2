#pragma once
#include "ops/layer.hpp"
#include "ops/object_kind.hpp"
#include "ops/table.hpp"
#include "ops/traits.hpp"

namespace lockstep::ops {

struct CreateIndex {
  std::string name; ///< Empty where PostgreSQL generates it.
  QualifiedName table;
  bool only = false; ///< ON ONLY: no index on the partitions.
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  SqlExpressionPointer predicate;
  std::string method; ///< Empty: btree.
  std::string tablespace;
  std::vector<Option> options;
  bool unique = false;
  bool concurrently = false;
  bool if_not_exists = false;
  bool nulls_not_distinct = false;
  Range where;
  Range concurrently_at; ///< Where CONCURRENTLY may be inserted: just after the word INDEX.

  static constexpr OpTraits traits = OpTraits(
      Changes::schema, Existence::made, Subject::table, Repeats::if_not_exists, IfMissing::fails,
      Planned::no, Gives::nothing, Expressions::checked, Strings::column_values);
};

enum class ReindexKind : uint8_t { index, table, schema, database, system };

struct Reindex {
  ReindexKind kind = ReindexKind::index;
  QualifiedName name; ///< Empty: the current database (16 and later).
  bool concurrently = false;
  std::string tablespace;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::own, Repeats::freely, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

/// CLUSTER table [USING index]; without a table, every table clustered before.
struct Cluster {
  QualifiedName table;
  std::string index;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::table, Repeats::in_doubt,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

/// VACUUM and ANALYZE.
struct Vacuum {
  struct Target {
    QualifiedName table;
    std::vector<std::string> columns;
    bool only = false;
  };
  std::vector<Target> targets; ///< Empty: the whole database.
  bool vacuum = true;          ///< False for a plain ANALYZE.
  bool full = false;
  bool analyze = false;
  std::vector<Option> options;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::nothing, Existence::kept, Subject::own, Repeats::freely, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
