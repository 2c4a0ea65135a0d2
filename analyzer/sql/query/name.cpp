#include "sql/query/name.hpp"

#include "base/text.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
#include <utils/datetime.h>
#include <utils/timestamp.h>
}

namespace lockstep::sql {

QualifiedName relationName(const Lowering &at, const ::RangeVar *relation) {
  QualifiedName name;
  if (!relation)
    return name;
  name.schema = text(relation->schemaname);
  name.name = text(relation->relname);
  if (relation->location >= 0)
    name.where = at.tokens.name(at.tokenAt(relation->location));
  return name;
}

QualifiedName qualifiedName(const ::List *names, Range where) {
  QualifiedName name;
  auto parts = cells(names);
  if (parts.empty())
    return name;
  name.name = stringOf(parts.back());
  if (parts.size() > 1)
    name.schema = stringOf(parts[parts.size() - 2]);
  name.where = where;
  return name;
}

std::string lastName(const ::List *names) {
  auto parts = cells(names);
  return parts.empty() ? std::string() : std::string(stringOf(parts.back()));
}

std::vector<std::string> stringList(const ::List *strings) {
  std::vector<std::string> result;
  result.reserve(cells(strings).size());
  for (const void *string : cells(strings))
    result.emplace_back(stringOf(string));
  return result;
}

std::string roleName(const ::RoleSpec *role) {
  if (!role)
    return {};
  switch (role->roletype) {
  case ROLESPEC_CSTRING:
    return std::string(text(role->rolename));
  case ROLESPEC_CURRENT_ROLE:
    return "current_role";
  case ROLESPEC_CURRENT_USER:
    return "current_user";
  case ROLESPEC_SESSION_USER:
    return "session_user";
  case ROLESPEC_PUBLIC:
    return "public";
  }
  return {};
}

Persistence persistence(const ::RangeVar *relation) {
  switch (relation ? relation->relpersistence : 'p') {
  case 't':
    return Persistence::temporary;
  case 'u':
    return Persistence::unlogged;
  }
  return Persistence::permanent;
}

// --- types ---------------------------------------------------------------------------------------

/// The fields of an interval's modifier, e.g. "day to second"; empty for all of them.
static std::string intervalFields(int mask) {
  struct Field {
    int bit;
    std::string_view name;
  };
  static constexpr Field fields[] = {{YEAR, "year"}, {MONTH, "month"},   {DAY, "day"},
                                     {HOUR, "hour"}, {MINUTE, "minute"}, {SECOND, "second"}};
  std::string_view first, last;
  if (mask == INTERVAL_FULL_RANGE)
    return {};
  for (const Field &field : fields) {
    if (!(mask & INTERVAL_MASK(field.bit)))
      continue;
    if (first.empty())
      first = field.name;
    last = field.name;
  }
  std::string result(first);
  return last == first ? result : result.append(" to ").append(last);
}

static std::vector<std::string> lowerModifiers(const ::TypeName *type, bool is_interval) {
  std::vector<std::string> modifiers;
  modifiers.reserve(cells(type->typmods).size());
  for (const ::Node *node : nodes<::Node>(type->typmods)) {
    const auto *constant = IsA(node, A_Const) ? reinterpret_cast<const A_Const *>(node) : nullptr;
    if (is_interval && modifiers.empty() && node == cells(type->typmods).front() && constant &&
        IsA(&constant->val, Integer)) {
      if (std::string fields = intervalFields(constant->val.ival.ival); !fields.empty())
        modifiers.push_back(std::move(fields));
      continue;
    }
    modifiers.push_back(optionText(node));
  }
  return modifiers;
}

TypeName lowerType(const Lowering &at, const ::TypeName *type) {
  TypeName result;
  if (!type)
    return result;
  auto names = cells(type->names);
  if (!names.empty())
    result.name = stringOf(names.back());
  if (type->pct_type) {
    for (size_t i = 0; i + 1 < names.size(); ++i)
      result.schema.append(i ? "." : "").append(stringOf(names[i]));
  } else if (names.size() > 1) {
    result.schema = stringOf(names[names.size() - 2]);
  }
  result.modifiers = lowerModifiers(type, result.name == "interval");
  result.array_dimensions = static_cast<int>(cells(type->arrayBounds).size());
  result.is_set = type->setof;
  result.is_reference = type->pct_type;
  if (type->location >= 0) {
    size_t first = at.tokenAt(type->location);
    result.where = at.tokens.span(first, at.tokens.skipType(first));
  }
  return result;
}

QualifiedName lowerCollation(const Lowering &at, const ::CollateClause *clause) {
  if (!clause)
    return {};
  Range where = clause->location < 0 ? Range{} : at.tokens.name(at.tokenAt(clause->location) + 1);
  return qualifiedName(clause->collname, where);
}

std::vector<TypeName> argumentTypes(const Lowering &at, const ::ObjectWithArgs *object) {
  std::vector<TypeName> types;
  for (const ::TypeName *type : nodes<::TypeName>(object->objargs))
    if (type) // NULL stands for NONE, an operator's missing operand.
      types.push_back(lowerType(at, type));
  return types;
}

// --- options -------------------------------------------------------------------------------------

static std::string joinedNames(const ::List *names) {
  std::string result;
  for (const ::Node *node : nodes<::Node>(names))
    result.append(result.empty() ? "" : ".").append(optionText(node));
  return result;
}

std::string optionText(const ::Node *value) {
  if (!value)
    return {};
  switch (nodeTag(value)) {
  case T_Integer:
    return std::to_string(reinterpret_cast<const Integer *>(value)->ival);
  case T_Float:
    return std::string(text(reinterpret_cast<const Float *>(value)->fval));
  case T_Boolean:
    return reinterpret_cast<const Boolean *>(value)->boolval ? "true" : "false";
  case T_String:
    return std::string(stringOf(value));
  case T_BitString:
    return std::string(text(reinterpret_cast<const BitString *>(value)->bsval));
  case T_A_Const: {
    const auto *constant = reinterpret_cast<const A_Const *>(value);
    return constant->isnull ? "null" : optionText(&constant->val.node);
  }
  case T_TypeCast: // SET TIME ZONE INTERVAL '…'
    return optionText(reinterpret_cast<const TypeCast *>(value)->arg);
  case T_ColumnRef: // A word as a type modifier: geometry(Point).
    return joinedNames(reinterpret_cast<const ColumnRef *>(value)->fields);
  case T_TypeName:
    return joinedNames(reinterpret_cast<const ::TypeName *>(value)->names);
  case T_RoleSpec:
    return roleName(reinterpret_cast<const RoleSpec *>(value));
  case T_DefElem:
    return std::string(text(reinterpret_cast<const DefElem *>(value)->defname));
  case T_List:
    return joinedNames(reinterpret_cast<const ::List *>(value));
  case T_A_Star:
    return "*";
  default:
    return {};
  }
}

std::vector<Option> lowerOptions(const Lowering &at, const ::List *options) {
  std::vector<Option> result;
  auto elements = nodes<DefElem>(options);
  result.reserve(elements.size());
  for (size_t i = 0; i < elements.size(); ++i) {
    const DefElem *element = elements[i];
    Option &option = result.emplace_back();
    option.name = text(element->defnamespace);
    option.name.append(option.name.empty() ? "" : ".").append(text(element->defname));
    option.value = optionText(element->arg);
    if (element->location < 0)
      continue;
    size_t first = at.tokenAt(element->location);
    size_t end = at.tokens.elementEnd(first);
    if (i + 1 < elements.size() && elements[i + 1]->location > element->location)
      end = std::min(end, at.tokenAt(elements[i + 1]->location));
    option.where = at.tokens.span(first, end);
  }
  return result;
}

bool optionIsOn(const Option &option) {
  return option.value.empty() || option.value == "1" || equalsIgnoringCase(option.value, "true") ||
         equalsIgnoringCase(option.value, "on");
}

} // namespace lockstep::sql
