#include "sql/text/unreadable.hpp"

#include "base/text.hpp"

#include <cstring>

namespace lockstep::sql {

/// The first byte at or after `at` that is NUL or not ASCII; the size where there is none.
static size_t skipPlain(std::string_view text, size_t at) {
  constexpr uint64_t high = 0x8080808080808080u;
  constexpr uint64_t ones = 0x0101010101010101u;
  for (uint64_t word = 0; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    // In ASCII, subtracting 1 sets the high bit of a NUL byte, and of others only after one.
    if ((word | (word - ones)) & high)
      break;
  }
  while (at < text.size() && text[at] > '\0' && static_cast<unsigned char>(text[at]) < 0x80)
    ++at;
  return at;
}

std::optional<std::string> maskUnreadable(std::string_view text,
                                          std::vector<ScriptProblem> &problems) {
  std::optional<std::string> masked;
  auto mask = [&](size_t begin, size_t bytes, char replacement) {
    if (!masked)
      masked = text;
    std::fill_n(masked->begin() + static_cast<std::ptrdiff_t>(begin), bytes, replacement);
  };
  size_t nul_bytes = 0;
  size_t invalid_bytes = 0;
  Range first_nul;
  Range first_invalid;
  size_t at = 0;
  if (text.starts_with("\xEF\xBB\xBF")) {
    mask(0, 3, ' ');
    at = 3;
  }
  for (at = skipPlain(text, at); at < text.size(); at = skipPlain(text, at)) {
    auto begin = static_cast<uint32_t>(at);
    if (text[at] == '\0') {
      if (nul_bytes++ == 0)
        first_nul = {begin, begin + 1};
      mask(at++, 1, ' ');
      continue;
    }
    CodePoint code_point = decodeUtf8(text, at);
    if (!code_point.valid) {
      if (invalid_bytes++ == 0)
        first_invalid = {begin, begin + 1};
      // Of what could stand there, a letter of a name or string is the most frequent.
      mask(at, 1, '_');
    }
    at += code_point.bytes;
  }
  if (nul_bytes > 0)
    problems.push_back({ProblemKind::nul_byte,
                        format("{} in the text: the server reads only up to the first",
                               plural(nul_bytes, "NUL byte")),
                        first_nul,
                        {}});
  if (invalid_bytes > 0)
    problems.push_back(
        {ProblemKind::invalid_utf8,
         format("the text is not valid UTF-8: {} at fault", plural(invalid_bytes, "byte")),
         first_invalid,
         {}});
  return masked;
}

} // namespace lockstep::sql
