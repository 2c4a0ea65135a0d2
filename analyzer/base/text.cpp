#include "base/text.hpp"

#include <algorithm>
#include <cassert>

namespace lockstep::base {

CodePoint decodeUtf8(std::string_view text, size_t at) {
  assert(at < text.size());
  constexpr CodePoint invalid{0xFFFD, 1, false};
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(at);
  if (lead < 0x80)
    return {lead, 1, true};
  uint32_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size())
    return invalid;
  char32_t value = lead & (0x7Fu >> length);
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80)
      return invalid;
    value = (value << 6) | (byte(at + i) & 0x3Fu);
  }
  bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF)
    return invalid;
  return {value, length, true};
}

std::string fillTemplate(std::string_view pattern,
                         std::initializer_list<std::string_view> arguments) {
  size_t size = pattern.size();
  for (std::string_view argument : arguments)
    size += argument.size();
  std::string result;
  result.reserve(size);
  const std::string_view *next = arguments.begin();
  for (size_t at = 0; at < pattern.size();) {
    size_t hole = pattern.find("{}", at);
    result += pattern.substr(at, hole - at);
    if (hole == std::string_view::npos)
      break;
    assert(next != arguments.end() && "more holes than arguments");
    result += *next++;
    at = hole + 2;
  }
  assert(next == arguments.end() && "more arguments than holes");
  return result;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string toLowerAscii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool equalsIgnoringCase(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos)
    return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t at = 0;;) {
    size_t end = text.find(separator, at);
    parts.push_back(text.substr(at, end - at));
    if (end == std::string_view::npos)
      return parts;
    at = end + 1;
  }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string result;
  for (const std::string &part : parts) {
    if (&part != parts.data())
      result += separator;
    result += part;
  }
  return result;
}

std::string plural(uint64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

/// The edit distance, or any number from `limit` on where it is not below that: then most of the
/// table need not be looked at.
static size_t editDistance(std::string_view left, std::string_view right, size_t limit) {
  const size_t difference =
      std::max(left.size(), right.size()) - std::min(left.size(), right.size());
  if (difference >= limit)
    return limit;
  std::vector<size_t> row(right.size() + 1, limit);
  for (size_t j = 0; j <= std::min(right.size(), limit); ++j)
    row[j] = j;
  for (size_t i = 1; i <= left.size(); ++i) {
    // Further from the diagonal than the limit, nothing is below it.
    const size_t first = i > limit ? i - limit : 1;
    const size_t last = std::min(right.size(), i + limit);
    size_t diagonal = row[first - 1];
    row[first - 1] = first == 1 ? i : limit;
    size_t least = row[first - 1];
    for (size_t j = first; j <= last; ++j) {
      const size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
      least = std::min(least, row[j]);
    }
    if (least >= limit)
      return limit;
  }
  return row.back();
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  size_t best_distance = std::max<size_t>(2, word.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    const size_t distance = editDistance(word, candidate, best_distance);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

} // namespace lockstep::base
