#include "catalog/change/partition.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace lockstep::catalog {

bool requirePartitioned(Change &change, ObjectId id, const QualifiedName &name) {
  const Relation &table = *change.catalog().relation(id);
  if (table.kind == RelationKind::partitioned_table)
    return true;
  if (change.catalog().isCertain(table))
    return change.refuse("42809", format("table \"{}\" is not partitioned", name.name), name.where,
                         table.qualifiedName());
  change.edit(id)->kind = RelationKind::partitioned_table;
  return true;
}

namespace {
/// One value of a bound that can be ordered against others of the same type.
struct BoundValue {
  int infinity = 0; ///< -1 MINVALUE, 1 MAXVALUE.
  bool is_number = false;
  long long number = 0;
  std::string text;
};
} // namespace

/// True for text that orders by its bytes as its type does: ISO dates and times of equal form.
static bool isIsoDate(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-')
    return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == ':' || c == ' ' || c == '.' || c == '+';
  });
}

static std::optional<BoundValue> valueOf(const SqlExpression &expression, bool is_list) {
  const Expression *node = &expression.root;
  while (node->kind == ExpressionKind::cast && node->arguments.size() == 1)
    node = &node->arguments[0];
  BoundValue value;
  if (node->kind == ExpressionKind::column) {
    if (node->name != "minvalue" && node->name != "maxvalue")
      return std::nullopt;
    value.infinity = node->name == "minvalue" ? -1 : 1;
    return value;
  }
  if (node->kind != ExpressionKind::constant)
    return std::nullopt;
  value.text = node->name;
  const char *end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, value.number);
  value.is_number = error == std::errc() && stop == end;
  if (!value.is_number && !is_list && !isIsoDate(value.text))
    return std::nullopt;
  return value;
}

/// -1, 0, 1; nullopt where the values cannot be compared.
static std::optional<int> compare(const BoundValue &a, const BoundValue &b) {
  if (a.infinity != 0 || b.infinity != 0)
    return a.infinity < b.infinity ? -1 : a.infinity > b.infinity ? 1 : 0;
  if (a.is_number && b.is_number)
    return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
  if (a.is_number || b.is_number || a.text.size() != b.text.size())
    return std::nullopt;
  const int order = a.text.compare(b.text);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

static std::optional<int> compare(const std::vector<SqlExpression> &a,
                                  const std::vector<SqlExpression> &b) {
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const auto left = valueOf(a[i], false), right = valueOf(b[i], false);
    const auto order = left && right ? compare(*left, *right) : std::nullopt;
    if (!order || *order != 0)
      return order;
    if (left->infinity != 0)
      return 0;
  }
  return 0;
}

static bool surelyOverlap(const PartitionBound &a, const PartitionBound &b) {
  if (a.is_default || b.is_default)
    return false;
  if (a.strategy != b.strategy)
    return false;
  switch (a.strategy) {
  case PartitionStrategy::range: {
    const auto starts_before = compare(a.lower, b.upper);
    const auto ends_after = compare(a.upper, b.lower);
    return starts_before && ends_after && *starts_before < 0 && *ends_after > 0;
  }
  case PartitionStrategy::list:
    for (const SqlExpression &left : a.values)
      for (const SqlExpression &right : b.values) {
        const auto first = valueOf(left, true), second = valueOf(right, true);
        if (first && second && first->text == second->text)
          return true;
      }
    return false;
  case PartitionStrategy::hash:
    return a.modulus > 0 && b.modulus > 0 &&
           a.remainder % std::min(a.modulus, b.modulus) ==
               b.remainder % std::min(a.modulus, b.modulus);
  case PartitionStrategy::none:
    break;
  }
  return false;
}

static std::string_view strategyName(PartitionStrategy strategy) {
  switch (strategy) {
  case PartitionStrategy::list:
    return "list";
  case PartitionStrategy::range:
    return "range";
  case PartitionStrategy::hash:
    return "hash";
  case PartitionStrategy::none:
    break;
  }
  return {};
}

/// FOR VALUES must be those of the table's strategy (transformPartitionBound, parse_utilcmd.c), and
/// FROM must come before TO (check_new_partition_bound, partbounds.c).
static bool requireValidBound(Change &change, const Relation &table, const PartitionBound &bound,
                              const std::string &partition, Range where) {
  const PartitionStrategy strategy =
      table.partition_by ? table.partition_by->strategy : PartitionStrategy::none;
  if (bound.is_default || strategy == PartitionStrategy::none || !change.catalog().isCertain(table))
    return true;
  if (bound.strategy != strategy)
    return change.refuse(
        "42P16", format("invalid bound specification for a {} partition", strategyName(strategy)),
        where, table.qualifiedName());
  if (strategy != PartitionStrategy::range)
    return true;
  const std::optional<int> order = compare(bound.lower, bound.upper);
  if (order && *order >= 0)
    return change.refuse("42P17",
                         format("empty range bound specified for partition \"{}\"", partition),
                         where, table.qualifiedName());
  return true;
}

bool requireFreeBound(Change &change, ObjectId id, const PartitionBound &bound,
                      const std::string &partition, Range where) {
  const Relation &table = *change.catalog().relation(id);
  if (!requireValidBound(change, table, bound, partition, where))
    return false;
  // Histories that make thousands of partitions make them by a scheme: comparing each with all
  // others would cost the square of their number.
  constexpr size_t most_compared = 500;
  const size_t first = table.children.size() - std::min(table.children.size(), most_compared);
  for (size_t i = first; i < table.children.size(); ++i) {
    const Relation *other = change.catalog().relation(table.children[i]);
    if (!other || !other->is_partition || !change.catalog().isCertain(*other))
      continue;
    if (bound.is_default && other->bound->is_default)
      return change.refuse("42P17",
                           format("partition \"{}\" conflicts with existing default partition "
                                  "\"{}\"",
                                  partition, other->name),
                           where, table.qualifiedName());
    if (surelyOverlap(bound, other->bound))
      return change.refuse(
          "42P17",
          format("partition \"{}\" would overlap partition \"{}\"", partition, other->name), where,
          table.qualifiedName());
  }
  return true;
}

void noteDefaultPartition(Change &change, ObjectId parent, ObjectId partition) {
  const Relation &child = *change.catalog().relation(partition);
  if (child.is_partition && child.bound->is_default &&
      !change.catalog().defaultPartition(*change.catalog().relation(parent)))
    change.edit(parent)->default_partition = partition;
}

} // namespace lockstep::catalog
