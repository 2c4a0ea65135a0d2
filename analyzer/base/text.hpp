#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::base {

/// One code point of a UTF-8 text. An invalid byte decodes as U+FFFD of one byte, `valid` false.
struct CodePoint {
  char32_t value = 0;
  uint32_t bytes = 1;
  bool valid = true;
};

/// Decodes the code point at byte `at` of `text`; `at` must be inside.
[[nodiscard]] CodePoint decodeUtf8(std::string_view text, size_t at);

/// Replaces each "{}" of `pattern` by the next argument. The counts must agree.
[[nodiscard]] std::string fillTemplate(std::string_view pattern,
                                       std::initializer_list<std::string_view> arguments);

/// fillTemplate with the arguments in a row; numbers are turned into text by the caller.
template <class... Args>
[[nodiscard]] std::string format(std::string_view pattern, const Args &...args) {
  return fillTemplate(pattern, {std::string_view(args)...});
}

[[nodiscard]] std::string toLowerAscii(std::string_view text);
[[nodiscard]] bool equalsIgnoringCase(std::string_view left, std::string_view right);
/// Without leading and trailing blanks (space, tab, CR, LF, FF, VT).
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
/// "1 file", "2 files".
[[nodiscard]] std::string plural(uint64_t count, std::string_view noun);

/// The candidate nearest to `word` by edit distance, for "did you mean"; empty where none is near.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

} // namespace lockstep::base
