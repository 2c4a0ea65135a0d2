#include "ops/name.hpp"

#include "base/pg/builtin.hpp"

#include <algorithm>

namespace lockstep::ops {

// As quote_identifier does it (ruleutils.c): lower-case letters, digits and underscores, and no
// keyword but an unreserved one.
static bool needsQuotes(std::string_view name) {
  auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  if (name.empty() || !isLetter(name.front()))
    return true;
  for (char c : name)
    if (!isLetter(c) && (c < '0' || c > '9'))
      return true;
  auto keyword = findKeyword(name, newest_postgres);
  return keyword && keyword->category != KeywordCategory::unreserved;
}

/// `text` in quotes, with those inside doubled.
static std::string inQuotes(std::string_view text, char quote) {
  std::string result(1, quote);
  result.reserve(text.size() + 2);
  for (char c : text) {
    if (c == quote)
      result += c;
    result += c;
  }
  return result += quote;
}

std::string quoteIdentifier(std::string_view name) {
  return needsQuotes(name) ? inQuotes(name, '"') : std::string(name);
}

std::string identifierList(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + quoteIdentifier(name);
  return text;
}

static void appendIdentifier(std::string &text, std::string_view name) {
  if (needsQuotes(name))
    text += inQuotes(name, '"');
  else
    text += name;
}

std::string sqlName(std::string_view schema, std::string_view name) {
  if (schema.empty())
    return quoteIdentifier(name);
  std::string text;
  text.reserve(schema.size() + name.size() + 1);
  appendIdentifier(text, schema);
  text += '.';
  appendIdentifier(text, name);
  return text;
}

std::string sqlName(const QualifiedName &name) { return sqlName(name.schema, name.name); }

std::string quoteLiteral(std::string_view text) {
  // A backslash needs the E'' form, whatever standard_conforming_strings says.
  if (text.find('\\') == std::string_view::npos)
    return inQuotes(text, '\'');
  std::string doubled;
  for (char c : text)
    doubled.append(c == '\\' ? 2 : 1, c);
  return "E" + inQuotes(doubled, '\'');
}

namespace {
/// A type of pg_catalog and the words that people write for it.
struct ShortName {
  std::string_view catalog;
  std::string_view sql;
};
} // namespace

static constexpr ShortName short_names[] = {
    {"bool", "boolean"},  {"bpchar", "char"},  {"float4", "real"}, {"float8", "double precision"},
    {"int2", "smallint"}, {"int4", "integer"}, {"int8", "bigint"}, {"varbit", "bit varying"},
};

/// The name alone, without modifiers and brackets.
static std::string baseName(const TypeName &type) {
  bool is_builtin = type.schema == "pg_catalog";
  if (!is_builtin && !type.schema.empty())
    return sqlName(type.schema, type.name);
  if (type.name == "bpchar" && type.modifiers.empty())
    return type.name;
  for (const ShortName &entry : short_names)
    if (entry.catalog == type.name)
      return std::string(entry.sql);
  // The keyword types of pg_catalog need no quotes; "char" is another type than char.
  return is_builtin && type.name != "char" ? type.name : quoteIdentifier(type.name);
}

std::string sqlType(const TypeName &type) {
  if (type.is_reference)
    return type.schema + "." + quoteIdentifier(type.name) + "%TYPE";
  std::string result = (type.is_set ? "SETOF " : "") + baseName(type);
  std::string_view separator = "(";
  for (const std::string &modifier : type.modifiers) {
    bool is_field = type.name == "interval" && modifier.front() >= 'a';
    result.append(is_field ? " " : separator).append(modifier);
    if (!is_field)
      separator = ",";
  }
  if (separator == ",")
    result += ')';
  for (int i = 0; i < type.array_dimensions; ++i)
    result += "[]";
  return result;
}

} // namespace lockstep::ops
