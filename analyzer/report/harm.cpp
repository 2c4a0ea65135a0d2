#include "report/harm.hpp"

#include <algorithm>
#include <array>

namespace lockstep::report {

namespace {
struct CodePoints {
  char32_t first = 0;
  char32_t last = 0;
};
} // namespace

/// In order. Unicode's default ignorable code points (DerivedCoreProperties.txt of Unicode 16),
/// controls, separators of lines, and what annotates.
static constexpr std::array harmful{
    CodePoints{0x0000, 0x001F},   CodePoints{0x007F, 0x009F},   CodePoints{0x00AD, 0x00AD},
    CodePoints{0x034F, 0x034F},   CodePoints{0x061C, 0x061C},   CodePoints{0x115F, 0x1160},
    CodePoints{0x17B4, 0x17B5},   CodePoints{0x180B, 0x180F},   CodePoints{0x200B, 0x200F},
    CodePoints{0x2028, 0x202E},   CodePoints{0x2060, 0x206F},   CodePoints{0x3164, 0x3164},
    CodePoints{0xFDD0, 0xFDEF},   CodePoints{0xFE00, 0xFE0F},   CodePoints{0xFEFF, 0xFEFF},
    CodePoints{0xFFA0, 0xFFA0},   CodePoints{0xFFF0, 0xFFFB},   CodePoints{0x1BCA0, 0x1BCA3},
    CodePoints{0x1D173, 0x1D17A}, CodePoints{0xE0000, 0xE0FFF},
};

bool isHarmful(char32_t c) {
  if (c >= 0x20 && c < 0x7F)
    return false;
  if ((c & 0xFFFE) == 0xFFFE)
    return true; // The last two of each plane are no characters.
  const auto *range = std::upper_bound(
      harmful.begin(), harmful.end(), c,
      [](char32_t value, const CodePoints &points) { return value < points.first; });
  return range != harmful.begin() && c <= std::prev(range)->last;
}

bool isBlank(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool isCommandMark(std::string_view text, size_t at) {
  if (text[at] == '#') {
    if (at + 1 >= text.size() || text[at + 1] != '#')
      return false;
    size_t end = at + 2;
    while (end < text.size() && isLetter(text[end]))
      ++end;
    return end < text.size() && text[end] == '[';
  }
  if (text[at] != ':' || at + 1 >= text.size())
    return false;
  const char next = text[at + 1];
  if (!isLetter(next) && (next < '0' || next > '9'))
    return false;
  const std::string_view before = text.substr(0, at);
  return before.ends_with("section_start") || before.ends_with("section_end") ||
         before.ends_with("travis_fold") || before.ends_with("travis_time");
}

bool HarmScanner::isLineBreak() const {
  const char c = text_[at_];
  return c == '\n' || (c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
}

/// Bytes of the sequence at at_ that sets a colour, 0 where none stands there.
size_t HarmScanner::colorSequence() const {
  if (!text_.substr(at_).starts_with("\x1b["))
    return 0;
  size_t end = text_.find_first_not_of("0123456789;", at_ + 2);
  return end < text_.size() && text_[end] == 'm' ? end + 1 - at_ : 0;
}

std::optional<Harm> HarmScanner::next() {
  while (at_ < text_.size()) {
    // Nearly all of a report is plain ASCII.
    if (!in_indent_)
      while (at_ < text_.size() && text_[at_] >= 0x20 && text_[at_] < 0x7F && text_[at_] != '#' &&
             text_[at_] != ':')
        ++at_;
    if (at_ == text_.size())
      break;
    if (isLineBreak()) {
      ++at_;
      in_indent_ = true;
      continue;
    }
    if (size_t color = colors_ ? colorSequence() : 0; color > 0) {
      at_ += color;
      continue;
    }
    Harm harm{HarmKind::character, at_, decodeUtf8(text_, at_)};
    const char32_t c = harm.point.value;
    const bool is_command = isCommandMark(text_, at_);
    const bool is_line_command = in_indent_ && text_.substr(at_).starts_with("::");
    const bool is_harmful = c != '\t' && (!harm.point.valid || isHarmful(c));
    // A lone CR ends a line for some logs.
    in_indent_ = c == '\r' || (in_indent_ && isBlank(c));
    at_ += harm.point.bytes;
    if (is_command)
      harm.kind = HarmKind::command;
    else if (is_line_command)
      harm.kind = HarmKind::line_start;
    if (is_command || is_line_command || is_harmful)
      return harm;
  }
  return std::nullopt;
}

bool isHarmless(std::string_view text) { return !HarmScanner(text).next(); }

} // namespace lockstep::report
