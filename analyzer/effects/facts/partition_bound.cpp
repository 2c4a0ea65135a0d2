#include "effects/facts/partition_bound.hpp"

#include "base/text.hpp"
#include "effects/facts/predicate.hpp"

namespace lockstep::effects {

using Kind = Predicate::Kind;

static ColumnTypes typesOf(const Relation &table) {
  return [&table](std::string_view name) {
    const Column *column = table.findColumn(name);
    return column ? column->type.name : std::string();
  };
}

static Expression keyExpression(const IndexElement &key) {
  if (key.expression)
    return key.expression->root;
  Expression column;
  column.kind = ExpressionKind::column;
  column.name = key.column;
  return column;
}

static Predicate nullTest(const IndexElement &key, Kind kind) {
  Predicate test;
  test.kind = kind;
  test.subject = subjectOf(keyExpression(key));
  return test;
}

/// key `name` value, in the terms of predicateOf.
static Predicate comparison(const IndexElement &key, std::string_view name, const Expression &value,
                            const Relation &parent) {
  Expression test;
  test.kind = ExpressionKind::operation;
  test.name = name;
  test.arguments = {keyExpression(key), value};
  return predicateOf(test, typesOf(parent));
}

static bool isKeyword(const Expression &value, std::string_view word) {
  return value.kind == ExpressionKind::column && equalsIgnoringCase(value.name, word);
}

static bool isInfinite(const Expression &value) {
  return isKeyword(value, "minvalue") || isKeyword(value, "maxvalue");
}

/// The rows at or above the lower bound, or below the upper one, from key `first` on: each key in
/// its turn decides, where those before are equal (get_qual_for_range, partbounds.c).
static Predicate rangeSide(const Relation &parent, const std::vector<SqlExpression> &bound,
                           size_t first, bool is_lower) {
  const auto &keys = parent.partition_by->keys;
  std::vector<Predicate> arms;
  std::vector<Predicate> equal;
  for (size_t i = first; i < keys.size() && i < bound.size(); ++i) {
    const Expression &value = bound[i].root;
    if (isInfinite(value)) {
      // MINVALUE below, MAXVALUE above: every row that got here is inside.
      if (isKeyword(value, is_lower ? "minvalue" : "maxvalue"))
        arms.push_back(allOf(equal));
      break;
    }
    const bool is_last = i + 1 == keys.size() || i + 1 == bound.size();
    std::vector<Predicate> arm = equal;
    arm.push_back(comparison(keys[i], is_lower ? (is_last ? ">=" : ">") : "<", value, parent));
    arms.push_back(allOf(std::move(arm)));
    equal.push_back(comparison(keys[i], "=", value, parent));
  }
  return anyOf(std::move(arms));
}

static Predicate rangePredicate(const Relation &parent, const PartitionBound &bound) {
  const auto &keys = parent.partition_by->keys;
  std::vector<Predicate> parts;
  for (const IndexElement &key : keys)
    parts.push_back(nullTest(key, Kind::is_not_null));
  // Leading keys with equal bounds are plain equalities.
  size_t first = 0;
  for (; first + 1 < keys.size() && first < bound.lower.size() && first < bound.upper.size();
       ++first) {
    const Expression &lower = bound.lower[first].root, &upper = bound.upper[first].root;
    if (isInfinite(lower) || isInfinite(upper) || subjectOf(lower) != subjectOf(upper))
      break;
    parts.push_back(comparison(keys[first], "=", lower, parent));
  }
  parts.push_back(rangeSide(parent, bound.lower, first, true));
  parts.push_back(rangeSide(parent, bound.upper, first, false));
  return allOf(std::move(parts));
}

static Predicate listPredicate(const Relation &parent, const PartitionBound &bound) {
  const IndexElement &key = parent.partition_by->keys.front();
  std::vector<Predicate> values;
  bool takes_null = false;
  for (const SqlExpression &value : bound.values) {
    if (value.root.kind == ExpressionKind::null_constant)
      takes_null = true;
    else
      values.push_back(comparison(key, "=", value.root, parent));
  }
  if (takes_null) {
    values.push_back(nullTest(key, Kind::is_null));
    return anyOf(std::move(values));
  }
  return allOf({nullTest(key, Kind::is_not_null), anyOf(std::move(values))});
}

/// satisfies_hash_partition('parent'::regclass, modulus, remainder, key, …).
static Predicate hashPredicate(const Relation &parent, const PartitionBound &bound) {
  Predicate test;
  test.text = format("hash {} {} {}", parent.name, std::to_string(bound.modulus),
                     std::to_string(bound.remainder));
  return test;
}

static Predicate predicateOfBound(const Relation &parent, const PartitionBound &bound,
                                  const Catalog &catalog);

/// Rows of a DEFAULT partition: those of no other partition.
static Predicate defaultPredicate(const Relation &parent, const Catalog &catalog) {
  std::vector<Predicate> others;
  for (ObjectId id : parent.children)
    if (const Relation *partition = catalog.relation(id);
        partition && !partition->bound->is_default)
      others.push_back(negated(predicateOfBound(parent, partition->bound, catalog)));
  return allOf(std::move(others));
}

static Predicate predicateOfBound(const Relation &parent, const PartitionBound &bound,
                                  const Catalog &catalog) {
  if (parent.partition_by->keys.empty())
    return {};
  if (bound.is_default)
    return defaultPredicate(parent, catalog);
  switch (parent.partition_by->strategy) {
  case PartitionStrategy::range:
    return rangePredicate(parent, bound);
  case PartitionStrategy::list:
    return listPredicate(parent, bound);
  case PartitionStrategy::hash:
    return hashPredicate(parent, bound);
  case PartitionStrategy::none:
    break;
  }
  return {};
}

/// A CHECK that calls satisfies_hash_partition for the table `name` in the text of hashPredicate.
static Predicate checkPredicate(const Expression &check, const Relation &table) {
  const auto &arguments = check.arguments;
  if (check.kind != ExpressionKind::function || check.name != "satisfies_hash_partition" ||
      arguments.size() < 4)
    return predicateOf(check, typesOf(table));
  const Expression *parent = &arguments[0];
  while (parent->kind == ExpressionKind::cast && parent->arguments.size() == 1)
    parent = &parent->arguments[0];
  const std::string_view name = parent->name;
  Predicate test;
  test.text = format("hash {} {} {}", name.substr(name.rfind('.') + 1), arguments[1].name,
                     arguments[2].name);
  return test;
}

/// All that the table guarantees of its rows.
static Predicate guarantees(const Relation &table) {
  std::vector<Predicate> parts;
  for (const Column &column : table.columns)
    if (column.not_null && column.not_null_valid) {
      Predicate test;
      test.kind = Kind::is_not_null;
      test.subject = column.name;
      parts.push_back(std::move(test));
    }
  for (const Constraint &constraint : table.constraints)
    if (constraint.kind == ConstraintKind::check && constraint.valid && constraint.enforced &&
        constraint.expression)
      parts.push_back(checkPredicate(constraint.expression->root, table));
  Predicate all;
  all.kind = Kind::all_of;
  all.parts = std::move(parts);
  return all;
}

bool boundIsImplied(const Relation &table, const Relation &parent, const PartitionBound &bound,
                    const Catalog &catalog) {
  const Predicate given = guarantees(table);
  if (!implies(given, predicateOfBound(parent, bound, catalog)))
    return false;
  for (const Relation *above = &parent; above->is_partition && !above->parents.empty();) {
    const Relation *next = catalog.relation(above->parents.front());
    if (!next)
      return false;
    if (!implies(given, predicateOfBound(*next, above->bound, catalog)))
      return false;
    above = next;
  }
  return true;
}

bool isPruned(const Relation &partition, const Relation &parent, const Expression &condition,
              const Catalog &catalog) {
  return partition.is_partition && !partition.bound->is_default &&
         implies(predicateOf(condition, typesOf(parent)),
                 negated(predicateOfBound(parent, partition.bound, catalog)));
}

bool boundIsExcluded(const Relation &default_partition, const Relation &parent,
                     const PartitionBound &bound, const Catalog &catalog) {
  return implies(guarantees(default_partition), negated(predicateOfBound(parent, bound, catalog)));
}

} // namespace lockstep::effects
