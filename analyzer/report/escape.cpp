#include "report/escape.hpp"

#include "base/text.hpp"

#include <llvm/Support/Unicode.h>

namespace lockstep::report {

bool isHarmful(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
         (c >= 0xE0000 && c <= 0xE007F);
}

static std::string hex(uint32_t value, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    text += "0123456789ABCDEF"[(value >> shift) & 15];
  return text;
}

/// What a CI log takes as a command wherever it stands in a line: GitHub's old form and Azure's.
static bool startsCommand(std::string_view text) {
  return text.substr(0, 3) == "##[" || text.substr(0, 6) == "##vso[";
}

static std::string spelled(char32_t c) { return "<U+" + hex(c, c > 0xFFFF ? 5 : 4) + ">"; }

std::string printableAt(std::string_view text, size_t at) {
  CodePoint point = decodeUtf8(text, at);
  if (!point.valid)
    return "<0x" + hex(static_cast<unsigned char>(text[at]), 2) + ">";
  if (point.value == '\t')
    return " ";
  if (isHarmful(point.value) || startsCommand(text.substr(at)))
    return spelled(point.value);
  return std::string(text.substr(at, point.bytes));
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size(); at += decodeUtf8(text, at).bytes)
    result += printableAt(text, at);
  return result;
}

/// A code point as JSON escapes it, in UTF-16.
static std::string jsonEscape(char32_t c) {
  auto unit = [](uint32_t value) { return "\\u" + hex(value, 4); };
  if (c <= 0xFFFF)
    return unit(c);
  return unit(0xD800 + ((c - 0x10000) >> 10)) + unit(0xDC00 + ((c - 0x10000) & 0x3FF));
}

std::string sealJson(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  for (size_t at = 0; at < json.size();) {
    // Nearly all of a report is plain ASCII, which is copied in runs.
    size_t run = at;
    while (run < json.size() && json[run] >= 0x20 && json[run] < 0x7F && json[run] != '#')
      ++run;
    result += json.substr(at, run - at);
    at = run;
    if (at == json.size())
      break;
    CodePoint point = decodeUtf8(json, at);
    // Line breaks stand between the tokens of a pretty-printed document, never in strings.
    bool is_plain = point.value < 0x20 || !isHarmful(point.value);
    if (is_plain && !startsCommand(json.substr(at)))
      result += json.substr(at, point.bytes);
    else
      result += jsonEscape(point.value);
    at += point.bytes;
  }
  return result;
}

/// The letter that JSON escapes the character with; 0: none.
static char shortEscape(char32_t c) {
  switch (c) {
  case '"':
  case '\\':
    return static_cast<char>(c);
  case '\b':
    return 'b';
  case '\f':
    return 'f';
  case '\n':
    return 'n';
  case '\r':
    return 'r';
  case '\t':
    return 't';
  default:
    return 0;
  }
}

void appendJsonString(std::string &json, std::string_view text) {
  auto isPlain = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '#'; };
  json += '"';
  for (size_t at = 0; at < text.size();) {
    size_t run = at;
    while (run < text.size() && isPlain(text[run]))
      ++run;
    json.append(text, at, run - at);
    at = run;
    if (at == text.size())
      break;
    CodePoint point = decodeUtf8(text, at);
    if (char letter = shortEscape(point.value))
      json.append({'\\', letter});
    else if (!point.valid)
      json += "\xEF\xBF\xBD";
    else if (isHarmful(point.value) || startsCommand(text.substr(at)))
      json += jsonEscape(point.value);
    else
      json.append(text, at, point.bytes);
    at += point.bytes;
  }
  json += '"';
}

std::string xmlEscape(std::string_view text) {
  std::string result;
  for (char c : printable(text)) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    default:
      result += c;
    }
  }
  return result;
}

std::string uriEncode(std::string_view path) {
  constexpr std::string_view plain = "-._~/!$&'()*+,;=@";
  std::string result;
  for (char c : path) {
    bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (alphanumeric || plain.find(c) != std::string_view::npos)
      result += c;
    else
      result += "%" + hex(static_cast<unsigned char>(c), 2);
  }
  return result;
}

size_t displayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    uint32_t bytes = decodeUtf8(text, at).bytes;
    int columns = llvm::sys::unicode::columnWidthUTF8({text.data() + at, bytes});
    width += columns < 0 ? 1 : static_cast<size_t>(columns);
    at += bytes;
  }
  return width;
}

} // namespace lockstep::report
