#include "report/escape.hpp"

#include "report/harm.hpp"

#include <llvm/Support/Unicode.h>

namespace lockstep::report {

std::string hexadecimal(uint32_t value, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    text += "0123456789ABCDEF"[(value >> shift) & 15];
  return text;
}

std::string spelled(std::string_view text, size_t at) {
  const CodePoint point = decodeUtf8(text, at);
  if (!point.valid)
    return "<0x" + hexadecimal(static_cast<unsigned char>(text[at]), 2) + ">";
  const int digits = point.value > 0xFFFFF ? 6 : point.value > 0xFFFF ? 5 : 4;
  return "<U+" + hexadecimal(point.value, digits) + ">";
}

std::string printableAt(std::string_view text, size_t at) {
  const CodePoint point = decodeUtf8(text, at);
  if (point.value == '\t')
    return " ";
  if (!point.valid || isHarmful(point.value) || isCommandMark(text, at))
    return spelled(text, at);
  return std::string(text.substr(at, point.bytes));
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size(); at += decodeUtf8(text, at).bytes)
    result += printableAt(text, at);
  return result;
}

std::string printablePath(std::string_view path) {
  const bool is_blank = !path.empty() && isBlank(decodeUtf8(path, 0).value);
  return (path.starts_with(':') || is_blank ? "./" : "") + printable(path);
}

std::string jsonEscape(char32_t c) {
  auto unit = [](uint32_t value) { return "\\u" + hexadecimal(value, 4); };
  if (c <= 0xFFFF)
    return unit(c);
  return unit(0xD800 + ((c - 0x10000) >> 10)) + unit(0xDC00 + ((c - 0x10000) & 0x3FF));
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
  auto isPlain = [](char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '#' && c != ':';
  };
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
    else if (isHarmful(point.value) || isCommandMark(text, at))
      json += jsonEscape(point.value);
    else
      json.append(text, at, point.bytes);
    at += point.bytes;
  }
  json += '"';
}

static void appendReference(std::string &xml, char c) {
  switch (c) {
  case '&':
    xml += "&amp;";
    break;
  case '<':
    xml += "&lt;";
    break;
  case '>':
    xml += "&gt;";
    break;
  case '"':
    xml += "&quot;";
    break;
  default:
    xml += c;
  }
}

std::string xmlEscape(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size(); at += decodeUtf8(text, at).bytes) {
    if (isCommandMark(text, at))
      result += "&#" + std::to_string(static_cast<int>(text[at])) + ";";
    else
      for (char c : printableAt(text, at))
        appendReference(result, c);
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
      result += "%" + hexadecimal(static_cast<unsigned char>(c), 2);
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
