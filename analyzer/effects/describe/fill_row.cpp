#include "effects/describe/fill_row.hpp"

#include "effects/describe/query_use.hpp"
#include "effects/facts/new_column.hpp"
#include "effects/facts/partition_bound.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace lockstep::effects {

namespace {
/// What a row holds in a column.
struct Held {
  bool is_null = false;
  const Expression *constant = nullptr; ///< Null where the value is computed, or is null.
};

/// The rows of one statement, seen through the table's columns.
class NewRows {
public:
  NewRows(const Relation &table, const GivenColumns &given, Collector &out)
      : table_(table), given_(given), out_(out) {}

  void drawDefaults() const;
  void checkKeys() const;
  void route() const;

private:
  /// The place of the column's value in a row; nothing where it is not given.
  [[nodiscard]] std::optional<size_t> placeOf(const Column &column) const;
  /// Null where the row takes the column's default.
  [[nodiscard]] const Expression *cellOf(const Expression &row, const Column &column) const;
  [[nodiscard]] bool takesDefault(const Column &column) const;
  [[nodiscard]] Held heldIn(const Expression &row, const Column &column) const;
  [[nodiscard]] bool mayHaveKey(const Constraint &key) const;
  [[nodiscard]] std::optional<Expression> referencedRows(const Constraint &key) const;
  void routeRow(const Relation &parent, const Expression &test) const;

  const Relation &table_;
  const GivenColumns &given_;
  Collector &out_;
};
} // namespace

std::optional<size_t> NewRows::placeOf(const Column &column) const {
  if (given_.names.empty()) {
    const auto at = std::find_if(table_.columns.begin(), table_.columns.end(),
                                 [&](const Column &other) { return &other == &column; });
    const auto ordinal = static_cast<size_t>(at - table_.columns.begin());
    return ordinal < given_.count ? std::optional(ordinal) : std::nullopt;
  }
  const auto found = std::find(given_.names.begin(), given_.names.end(), column.name);
  if (found == given_.names.end())
    return std::nullopt;
  return static_cast<size_t>(found - given_.names.begin());
}

const Expression *NewRows::cellOf(const Expression &row, const Column &column) const {
  const std::optional<size_t> place = placeOf(column);
  if (!place || *place >= row.arguments.size())
    return nullptr;
  const Expression &cell = row.arguments[*place];
  const bool is_default = cell.kind == ExpressionKind::special && cell.name == "default";
  return is_default ? nullptr : &cell;
}

bool NewRows::takesDefault(const Column &column) const {
  if (!placeOf(column))
    return true;
  return std::any_of(given_.rows.begin(), given_.rows.end(),
                     [&](const Expression &row) { return !cellOf(row, column); });
}

static Held heldAs(const Expression &value) {
  Held held;
  held.is_null = isNullConstant(value);
  held.constant = value.kind == ExpressionKind::constant ? &value : nullptr;
  return held;
}

Held NewRows::heldIn(const Expression &row, const Column &column) const {
  if (const Expression *cell = cellOf(row, column))
    return heldAs(*cell);
  if (column.default_value)
    return heldAs(column.default_value->root);
  Held held;
  held.is_null =
      column.identity == Identity::none && !column.is_serial && column.generated == Generated::none;
  return held;
}

void NewRows::drawDefaults() const {
  for (const Column &column : table_.columns) {
    if (!takesDefault(column))
      continue;
    if (column.identity != Identity::none)
      out_.lock(column.sequence, LockMode::row_exclusive, LockReason::dependent);
    else if (column.default_value)
      for (const Relation *sequence : sequencesOf(column.default_value->root, out_.catalog()))
        out_.lock(*sequence, LockMode::row_exclusive, LockReason::dependent);
    else if (column.is_serial)
      out_.lock(column.sequence, LockMode::row_exclusive, LockReason::dependent);
  }
}

/// Whether a row may have a value in each column of the key: a null in any is not checked (MATCH
/// SIMPLE), and the lock that was taken to find that out is released at once (RI_FKey_check,
/// ri_triggers.c).
bool NewRows::mayHaveKey(const Constraint &key) const {
  const auto isFilledIn = [&](const Expression &row) {
    return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string &name) {
      const Column *column = table_.findColumn(name);
      return !column || !heldIn(row, *column).is_null;
    });
  };
  if (!given_.rows.empty())
    return std::any_of(given_.rows.begin(), given_.rows.end(), isFilledIn);
  return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string &name) {
    const Column *column = table_.findColumn(name);
    return !column || placeOf(*column) ||
           (column->default_value && !isNullConstant(column->default_value->root));
  });
}

/// `column` = value, or another test of the column where there is no value.
static Expression testOf(ExpressionKind kind, const std::string &column,
                         const Expression *value = nullptr) {
  Expression name, test;
  name.kind = ExpressionKind::column;
  name.name = column;
  test.kind = kind;
  test.arguments.push_back(std::move(name));
  if (value) {
    test.name.push_back('=');
    test.arguments.push_back(*value);
  }
  return test;
}

/// The rows of the other table that the key asks for; nothing where they are not known, or so many
/// that the check runs on a plan for any row (choose_custom_plan, plancache.c).
std::optional<Expression> NewRows::referencedRows(const Constraint &key) const {
  constexpr size_t most_custom_plans = 5;
  if (given_.rows.empty() || given_.rows.size() > most_custom_plans ||
      key.columns.size() != key.referenced_columns.size())
    return std::nullopt;
  Expression any;
  any.kind = ExpressionKind::disjunction;
  for (const Expression &row : given_.rows) {
    Expression all;
    all.kind = ExpressionKind::conjunction;
    bool is_null = false;
    for (size_t i = 0; i < key.columns.size(); ++i) {
      const Column *column = table_.findColumn(key.columns[i]);
      const Held held = column ? heldIn(row, *column) : Held{};
      is_null = is_null || held.is_null;
      if (held.constant)
        all.arguments.push_back(
            testOf(ExpressionKind::operation, key.referenced_columns[i], held.constant));
      else if (!held.is_null)
        return std::nullopt;
    }
    if (!is_null)
      any.arguments.push_back(std::move(all));
  }
  return any;
}

void NewRows::checkKeys() const {
  checkKeysOf(
      table_,
      [&](const Constraint &key) {
        if (!mayHaveKey(key))
          return false;
        const Relation *referenced = out_.catalog().relation(key.referenced);
        if (!referenced || referenced->kind != RelationKind::partitioned_table)
          return true;
        const std::optional<Expression> wanted = referencedRows(key);
        if (!wanted)
          return true;
        planRelation(Collector::at(*referenced),
                     {.mode = LockMode::row_share, .condition = &*wanted}, out_);
        return false;
      },
      out_);
}

/// The partition that takes a row is the one that the row's values leave possible; where they leave
/// several, it is not known.
void NewRows::routeRow(const Relation &parent, const Expression &test) const {
  const Relation *fallback = nullptr, *taker = nullptr;
  for (ObjectId id : parent.children) {
    const Relation *partition = out_.catalog().relation(id);
    if (!partition)
      continue;
    if (partition->bound->is_default) {
      fallback = partition;
    } else if (!isPruned(*partition, parent, test, out_.catalog())) {
      if (taker)
        return;
      taker = partition;
    }
  }
  taker = taker ? taker : fallback;
  if (!taker)
    return;
  out_.lock(*taker, LockMode::row_exclusive, LockReason::partition);
  if (taker->kind == RelationKind::partitioned_table)
    routeRow(*taker, test);
}

void NewRows::route() const {
  if (table_.kind != RelationKind::partitioned_table)
    return;
  for (const Expression &row : given_.rows) {
    Expression test;
    test.kind = ExpressionKind::conjunction;
    for (const Column &column : table_.columns) {
      const Held held = heldIn(row, column);
      if (held.is_null)
        test.arguments.push_back(testOf(ExpressionKind::is_null, column.name));
      if (!held.constant)
        continue;
      test.arguments.push_back(testOf(ExpressionKind::operation, column.name, held.constant));
      test.arguments.push_back(testOf(ExpressionKind::is_not_null, column.name));
    }
    routeRow(table_, test);
  }
}

void fillRow(const Relation &table, const GivenColumns &given, Collector &out) {
  const NewRows rows(table, given, out);
  rows.drawDefaults();
  rows.checkKeys();
  rows.route();
}

} // namespace lockstep::effects
