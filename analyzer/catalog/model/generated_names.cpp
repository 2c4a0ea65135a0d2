#include "catalog/model/generated_names.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace lockstep::catalog {

/// At most `limit` bytes of `text`, without cutting a UTF-8 sequence (pg_mbcliplen).
static std::string_view clip(std::string_view text, size_t limit) {
  if (text.size() <= limit)
    return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
    --limit;
  return text.substr(0, limit);
}

std::string makeObjectName(std::string_view name1, std::string_view name2, std::string_view label) {
  const size_t overhead = (name2.empty() ? 0 : 1) + (label.empty() ? 0 : label.size() + 1);
  const size_t available = max_name_bytes - std::min(max_name_bytes, overhead);
  size_t chars1 = name1.size(), chars2 = name2.size();
  while (chars1 + chars2 > available)
    --(chars1 > chars2 ? chars1 : chars2);
  std::string name(clip(name1, chars1));
  if (!name2.empty())
    name.append("_").append(clip(name2, chars2));
  if (!label.empty())
    name.append("_").append(label);
  return name;
}

/// Tries label, label1, label2, … until `isFree`; of the numbers those that are not known to be
/// taken.
template <class IsFree>
static std::string choose(std::string_view name1, std::string_view name2, std::string_view label,
                          std::string_view schema, const NumberMap &numbers, IsFree &&isFree) {
  const std::string plain = makeObjectName(name1, name2, label);
  if (isFree(plain))
    return plain;
  const auto numbered = [&](uint32_t pass) {
    return makeObjectName(name1, name2, std::string(label) + std::to_string(pass));
  };
  uint32_t pass = 1;
  // A long name loses more of its letters the more digits there are.
  if (const uint32_t *lowest = numbers.find(NameView{schema, plain});
      lowest && numbered(*lowest) == plain + std::to_string(*lowest))
    pass = *lowest;
  std::string name = numbered(pass);
  while (!isFree(name))
    name = numbered(++pass);
  return name;
}

std::string chooseRelationName(const CatalogState &state, std::string_view name1,
                               std::string_view name2, std::string_view label,
                               std::string_view schema, bool is_constraint) {
  return choose(name1, name2, label, schema, state.relation_numbers, [&](const std::string &name) {
    const NameEntry *entry = state.relation_names.find(NameView{schema, name});
    return !(entry && entry->id != ObjectId::none) &&
           !(is_constraint && state.constraint_names.contains(NameView{schema, name}));
  });
}

std::string chooseConstraintName(const CatalogState &state, std::string_view name1,
                                 std::string_view name2, std::string_view label,
                                 std::string_view schema, const SharedVector<Constraint> &own) {
  return choose(
      name1, name2, label, schema, state.constraint_numbers, [&](const std::string &name) {
        return !state.constraint_names.contains(NameView{schema, name}) &&
               std::none_of(own.begin(), own.end(),
                            [&](const Constraint &constraint) { return constraint.name == name; });
      });
}

std::string joinColumnNames(std::span<const std::string> columns) {
  std::string joined;
  for (const std::string &column : columns) {
    if (!joined.empty())
      joined += '_';
    joined += column;
    if (joined.size() > max_name_bytes)
      break;
  }
  return joined;
}

/// ChooseIndexColumnNames (indexcmds.c).
static std::vector<std::string> indexColumnNames(std::span<const IndexElement> elements,
                                                 std::span<const std::string> include) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  std::unordered_map<std::string, uint32_t> next; ///< The number to try for a name.
  const auto add = [&](std::string_view wanted) {
    std::string name(wanted.empty() ? "expr" : wanted);
    if (!taken.insert(name).second) {
      uint32_t &number = next.try_emplace(name, 1).first->second;
      const std::string original = name;
      do {
        const std::string digits = std::to_string(number++);
        name = std::string(clip(original, max_name_bytes - digits.size())) + digits;
      } while (!taken.insert(name).second);
    }
    names.push_back(std::move(name));
  };
  for (const IndexElement &element : elements)
    add(element.expression ? figureColumnName(element.expression->root) : element.column);
  for (const std::string &column : include)
    add(column);
  return names;
}

std::string chooseIndexName(const CatalogState &state, std::string_view table,
                            std::string_view schema, std::span<const IndexElement> elements,
                            std::span<const std::string> include, IndexPurpose purpose) {
  if (purpose == IndexPurpose::primary_key)
    return chooseRelationName(state, table, {}, "pkey", schema, true);
  const std::string columns = joinColumnNames(indexColumnNames(elements, include));
  switch (purpose) {
  case IndexPurpose::exclusion:
    return chooseRelationName(state, table, columns, "excl", schema, true);
  case IndexPurpose::unique:
    return chooseRelationName(state, table, columns, "key", schema, true);
  case IndexPurpose::primary_key:
  case IndexPurpose::plain:
    break;
  }
  return chooseRelationName(state, table, columns, "idx", schema, false);
}

/// The name and how much FigureColname likes it: 2 for a good one, 1 for a type's.
static std::pair<std::string, int> figure(const Expression &expression) {
  switch (expression.kind) {
  case ExpressionKind::column:
    if (expression.name == "*")
      return {};
    return {expression.name, 2};
  case ExpressionKind::function:
  case ExpressionKind::special:
    return {expression.name, 2};
  case ExpressionKind::coalesce:
    return {"coalesce", 2};
  case ExpressionKind::array:
    return {"array", 2};
  case ExpressionKind::row:
    return {"row", 2};
  case ExpressionKind::collate:
    return expression.arguments.empty() ? std::pair<std::string, int>()
                                        : figure(expression.arguments[0]);
  case ExpressionKind::cast: {
    auto inner = expression.arguments.empty() ? std::pair<std::string, int>()
                                              : figure(expression.arguments[0]);
    if (inner.second <= 1 && expression.type)
      return {expression.type->name, 1};
    return inner;
  }
  case ExpressionKind::case_: {
    auto inner = expression.arguments.empty() ? std::pair<std::string, int>()
                                              : figure(expression.arguments.back());
    if (inner.second <= 1)
      return {"case", 1};
    return inner;
  }
  case ExpressionKind::constant:
    if (expression.literal == LiteralKind::boolean)
      return {"bool", 1};
    return {};
  case ExpressionKind::null_constant:
  case ExpressionKind::parameter:
  case ExpressionKind::operation:
  case ExpressionKind::conjunction:
  case ExpressionKind::disjunction:
  case ExpressionKind::negation:
  case ExpressionKind::is_null:
  case ExpressionKind::is_not_null:
  case ExpressionKind::boolean_test:
  case ExpressionKind::subquery:
  case ExpressionKind::other:
    break;
  }
  return {};
}

std::string figureColumnName(const Expression &expression) { return figure(expression).first; }

} // namespace lockstep::catalog
