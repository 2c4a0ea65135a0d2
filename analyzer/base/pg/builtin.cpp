#include "base/pg/builtin.hpp"

#include "base/pg/text_table.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif

namespace lockstep::base {

static constexpr char type_text[] =
#include "base/pg/data/types.inc"
    ;
static constexpr TextTable<slotsFor(type_text)> type_table(type_text);
static constexpr char cast_text[] =
#include "base/pg/data/casts.inc"
    ;
static constexpr TextTable<slotsFor(cast_text)> cast_table(cast_text);
static constexpr char opclass_text[] =
#include "base/pg/data/opclasses.inc"
    ;
static constexpr TextTable<slotsFor(opclass_text)> opclass_table(opclass_text);
static constexpr char keyword_text[] =
#include "base/pg/data/keywords.inc"
    ;
static constexpr TextTable<slotsFor(keyword_text)> keyword_table(keyword_text);
static constexpr char relation_text[] =
#include "base/pg/data/relations.inc"
    ;
static constexpr TextTable<slotsFor(relation_text)> relation_table(relation_text);
static constexpr char extension_text[] =
#include "base/pg/data/extensions.inc"
    ;
static constexpr TextTable<slotsFor(extension_text)> extension_table(extension_text);

static FunctionVolatility volatilityOf(char letter) {
  return letter == 'i'   ? FunctionVolatility::immutable
         : letter == 's' ? FunctionVolatility::stable
                         : FunctionVolatility::volatile_;
}

static BuiltinTypeKind kindOf(char letter) {
  switch (letter) {
  case 'd':
    return BuiltinTypeKind::domain;
  case 'r':
    return BuiltinTypeKind::range;
  case 'm':
    return BuiltinTypeKind::multirange;
  case 'p':
    return BuiltinTypeKind::pseudo;
  }
  return BuiltinTypeKind::base;
}

/// Reads a line of types.inc from after its key; nothing if it is of other versions.
static std::optional<BuiltinType> typeOf(std::string_view name, std::string_view line,
                                         int postgres) {
  if (!holdsFor(takeField(line), postgres))
    return std::nullopt;
  BuiltinType type;
  type.name = name;
  type.extension = optionalField(takeField(line));
  type.category = takeField(line)[0];
  const std::string_view length = takeField(line);
  std::from_chars(length.data(), length.data() + length.size(), type.length);
  const std::string_view flags = takeField(line);
  const std::string_view properties = flags.substr(1, flags.size() - 3);
  type.kind = kindOf(flags[0]);
  for (char property : properties) {
    type.preferred |= property == 'p';
    type.takes_modifier |= property == 't';
    type.modifier_casts |= property == 'l';
    type.collatable |= property == 'c';
  }
  type.input = volatilityOf(flags[flags.size() - 2]);
  type.output = volatilityOf(flags.back());
  type.base = optionalField(takeField(line));
  type.is_array = name[0] == '_' && name.substr(1) == type.base;
  type.sql = line == "-" ? name : takeField(line, ',');
  return type;
}

std::optional<BuiltinType> findBuiltinType(std::string_view name, int postgres) {
  std::optional<BuiltinType> found;
  type_table.forKey(name, [&](std::string_view stored, std::string_view line) {
    found = typeOf(stored, line, postgres);
    return found.has_value();
  });
  return found;
}

std::string_view builtinTypeFromSql(std::string_view sql, int postgres) {
  std::string_view found;
  type_table.forAll([&](std::string_view line) {
    const std::string_view name = takeField(line);
    if (!holdsFor(takeField(line), postgres))
      return false;
    for (int field = 0; field < 5; ++field) // Up to the names, which stand last.
      (void)takeField(line);
    while (found.empty() && !line.empty())
      if (takeField(line, ',') == sql)
        found = name;
    return !found.empty();
  });
  if (!found.empty())
    return found;
  // `char` was found above: it names bpchar, not the type "char".
  const std::optional<BuiltinType> type = findBuiltinType(sql, postgres);
  return type ? type->name : std::string_view();
}

std::string_view builtinArrayOf(std::string_view element, int postgres) {
  const std::optional<BuiltinType> type = findBuiltinType("_" + std::string(element), postgres);
  return type && type->is_array ? type->name : std::string_view();
}

std::optional<BuiltinCast> findCast(std::string_view source, std::string_view target,
                                    int postgres) {
  std::optional<BuiltinCast> found;
  cast_table.forKey(source, [&](std::string_view stored, std::string_view line) {
    const std::string_view to = takeField(line);
    if (to != target || !holdsFor(takeField(line), postgres))
      return false;
    found.emplace();
    found->source = stored;
    found->target = to;
    found->extension = optionalField(takeField(line));
    found->method = line[0] == 'f'   ? CastMethod::function
                    : line[0] == 'b' ? CastMethod::binary
                                     : CastMethod::inout;
    found->context = line[1] == 'i'   ? CastContext::implicit
                     : line[1] == 'a' ? CastContext::assignment
                                      : CastContext::explicit_;
    found->volatility = volatilityOf(line[2]);
    return true;
  });
  return found;
}

static BuiltinType withoutDomain(BuiltinType type, int postgres) {
  while (type.kind == BuiltinTypeKind::domain)
    type = *findBuiltinType(type.base, postgres);
  return type;
}

/// Through the text form, whichever way pg_cast says nothing about.
static std::optional<Coercion> coercionThroughText(const BuiltinType &from, const BuiltinType &to) {
  Coercion coercion{Coercion::Method::inout, CastContext::assignment,
                    std::max(from.output, to.input)};
  if (from.kind == BuiltinTypeKind::pseudo || to.kind == BuiltinTypeKind::pseudo)
    return std::nullopt;
  if (to.category == 'S')
    return coercion;
  coercion.context = CastContext::explicit_;
  return from.category == 'S' ? std::optional(coercion) : std::nullopt;
}

std::optional<Coercion> findCoercion(std::string_view source, std::string_view target,
                                     int postgres) {
  const std::optional<BuiltinType> source_type = findBuiltinType(source, postgres);
  const std::optional<BuiltinType> target_type = findBuiltinType(target, postgres);
  if (!source_type || !target_type)
    return std::nullopt;
  if (source == target)
    return Coercion();
  const BuiltinType from = withoutDomain(*source_type, postgres);
  const BuiltinType to = withoutDomain(*target_type, postgres);
  if (from.name == to.name)
    return Coercion{Coercion::Method::binary, CastContext::implicit, FunctionVolatility::immutable};

  if (const std::optional<BuiltinCast> cast = findCast(from.name, to.name, postgres)) {
    switch (cast->method) {
    case CastMethod::function:
      return Coercion{Coercion::Method::function, cast->context, cast->volatility};
    case CastMethod::binary:
      return Coercion{Coercion::Method::binary, cast->context, FunctionVolatility::immutable};
    case CastMethod::inout:
      return Coercion{Coercion::Method::inout, cast->context, std::max(from.output, to.input)};
    }
  }
  if (from.is_array && to.is_array)
    if (std::optional<Coercion> element = findCoercion(from.base, to.base, postgres)) {
      element->method = Coercion::Method::array;
      return element;
    }
  return coercionThroughText(from, to);
}

/// Whether a type, no domain, serves as a polymorphic one.
static bool servesAsPolymorphic(const BuiltinType &type, std::string_view target) {
  if (target == "any" || target == "anyelement" || target == "anycompatible")
    return true;
  if (target == "anyarray" || target == "anycompatiblearray")
    return type.is_array;
  if (target == "anyrange" || target == "anycompatiblerange")
    return type.kind == BuiltinTypeKind::range;
  if (target == "anymultirange" || target == "anycompatiblemultirange")
    return type.kind == BuiltinTypeKind::multirange;
  return false;
}

/// The types that a type is cast to implicitly without a change of its bytes.
static std::vector<std::string_view> binaryTargets(const BuiltinType &type, int postgres) {
  std::vector<std::string_view> targets;
  cast_table.forKey(type.name, [&](std::string_view, std::string_view line) {
    const std::string_view to = takeField(line);
    if (holdsFor(takeField(line), postgres)) {
      (void)takeField(line); // The extension.
      if (line.starts_with("bi"))
        targets.push_back(to);
    }
    return false;
  });
  return targets;
}

bool isBinaryCoercible(std::string_view source, std::string_view target, int postgres) {
  if (source == target || target == "any" || target == "anyelement" || target == "anycompatible")
    return true;
  std::optional<BuiltinType> type = findBuiltinType(source, postgres);
  if (!type)
    return false;
  type = withoutDomain(*type, postgres);
  if (type->name == target || servesAsPolymorphic(*type, target))
    return true;
  const std::optional<BuiltinCast> cast = findCast(type->name, target, postgres);
  return cast && cast->method == CastMethod::binary && cast->context == CastContext::implicit;
}

/// The first operator class of an access method that `accept` takes, of those for whose input type
/// `fits` holds.
template <typename Fits, typename Accept>
static std::optional<BuiltinOpclass> searchOpclass(std::string_view method, int postgres, Fits fits,
                                                   Accept accept) {
  BuiltinOpclass opclass;
  const bool found =
      opclass_table.forKey(method, [&](std::string_view stored, std::string_view line) {
        opclass.method = stored;
        opclass.input_type = takeField(line);
        if (!fits(opclass.input_type))
          return false;
        opclass.name = takeField(line);
        if (!holdsFor(takeField(line), postgres))
          return false;
        opclass.extension = optionalField(takeField(line));
        opclass.is_default = takeField(line) == "d";
        opclass.family = line;
        return accept(opclass);
      });
  return found ? std::optional(opclass) : std::nullopt;
}

std::optional<BuiltinOpclass> findOpclass(std::string_view name, std::string_view method,
                                          int postgres) {
  return searchOpclass(
      method, postgres, [](std::string_view) { return true; },
      [&](const BuiltinOpclass &opclass) { return opclass.name == name; });
}

std::optional<BuiltinOpclass> defaultOpclass(std::string_view type, std::string_view method,
                                             int postgres) {
  std::optional<BuiltinType> facts = findBuiltinType(type, postgres);
  if (!facts)
    return std::nullopt;
  facts = withoutDomain(*facts, postgres);
  std::optional<BuiltinOpclass> found = searchOpclass(
      method, postgres, [&](std::string_view input) { return input == facts->name; },
      [](const BuiltinOpclass &opclass) { return opclass.is_default; });
  if (found)
    return found;
  // Else the one that takes the type unchanged; a preferred type's class goes before others.
  const std::vector<std::string_view> targets = binaryTargets(*facts, postgres);
  auto fits = [&](std::string_view input) {
    return servesAsPolymorphic(*facts, input) ||
           std::find(targets.begin(), targets.end(), input) != targets.end();
  };
  int candidates = 0;
  auto isPreferred = [&](const BuiltinOpclass &opclass) {
    if (!opclass.is_default)
      return false;
    const std::optional<BuiltinType> input = findBuiltinType(opclass.input_type, postgres);
    ++candidates;
    found = opclass;
    return input && input->preferred && input->category == facts->category;
  };
  const bool preferred = searchOpclass(method, postgres, fits, isPreferred).has_value();
  return preferred || candidates == 1 ? found : std::nullopt;
}

std::optional<Keyword> findKeyword(std::string_view word, int postgres) {
  Keyword keyword;
  const bool found =
      keyword_table.forKey(word, [&](std::string_view stored, std::string_view line) {
        if (!holdsFor(takeField(line), postgres))
          return false;
        keyword.word = stored;
        const std::string_view category = takeField(line);
        keyword.category = category == "U"   ? KeywordCategory::unreserved
                           : category == "C" ? KeywordCategory::column_name
                           : category == "T" ? KeywordCategory::type_or_function
                                             : KeywordCategory::reserved;
        keyword.bare_label = line == "b";
        return true;
      });
  return found ? std::optional(keyword) : std::nullopt;
}

std::optional<SystemRelation> findSystemRelation(std::string_view schema, std::string_view name,
                                                 int postgres) {
  const bool standard = schema == "information_schema";
  const std::string key =
      standard ? std::string(schema) + "." + std::string(name) : std::string(name);
  SystemRelation relation;
  const bool found =
      relation_table.forKey(key, [&](std::string_view stored, std::string_view line) {
        if (!holdsFor(takeField(line), postgres))
          return false;
        relation.name = stored;
        relation.extension = optionalField(takeField(line));
        relation.kind = line[0];
        return standard || schema.empty() || (schema == "pg_catalog") == relation.extension.empty();
      });
  if (!found)
    return std::nullopt;
  if (standard)
    relation.name.remove_prefix(schema.size() + 1);
  return relation;
}

std::optional<BuiltinExtension> findExtension(std::string_view name, int postgres) {
  BuiltinExtension extension;
  const bool found =
      extension_table.forKey(name, [&](std::string_view stored, std::string_view line) {
        if (!holdsFor(takeField(line), postgres))
          return false;
        extension.name = stored;
        extension.trusted = takeField(line) == "t";
        extension.required = optionalField(line);
        return true;
      });
  return found ? std::optional(extension) : std::nullopt;
}

} // namespace lockstep::base
