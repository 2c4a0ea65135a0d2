#pragma once
#include "base/text.hpp"
#include "report/layer.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lockstep::report {

/// What a character of a text may do to those who read it.
enum class HarmKind : uint8_t {
  character,  ///< Controls a terminal, reorders text, or cannot be seen.
  command,    ///< Begins what a CI log takes for a command wherever it stands: "##[error]".
  line_start, ///< Begins what is a command at the start of a line: "::error::".
};

/// A character that may do harm, and where it stands.
struct Harm {
  HarmKind kind = HarmKind::character;
  size_t at = 0; ///< Byte in the text.
  CodePoint point;
};

/// True for control characters, for what reorders text (bidirectional controls), and for what
/// cannot be seen: zero-width characters, fillers, variation selectors, tags, line and paragraph
/// separators, and what is no character at all.
[[nodiscard]] bool isHarmful(char32_t code_point);

/// True for blanks that a log may drop before it looks for a command: those of Unicode, too.
[[nodiscard]] bool isBlank(char32_t code_point);

/// Whether the byte at `at` of `text` begins a command wherever it stands in a line. GitHub's
/// runner (its older form), Azure Pipelines and TeamCity look for "##[", "##vso[" and "##teamcity["
/// anywhere; GitLab and Travis for "section_start:", "section_end:", "travis_fold:" and
/// "travis_time:", of which it is the colon that is taken for the beginning here.
[[nodiscard]] bool isCommandMark(std::string_view text, size_t at);

/// Goes through a text of several lines and stops at each character that may do harm. Line breaks
/// (LF, CR LF) and tabs do none. GitHub's runner drops blanks before it looks for "::" at a line's
/// start.
class HarmScanner {
public:
  /// With `colors`, sequences that set colours are let through.
  explicit HarmScanner(std::string_view text, bool colors = false) : text_(text), colors_(colors) {}

  /// The next one; nothing at the end of the text.
  [[nodiscard]] std::optional<Harm> next();

private:
  [[nodiscard]] bool isLineBreak() const;
  [[nodiscard]] size_t colorSequence() const;

  std::string_view text_;
  bool colors_;
  size_t at_ = 0;
  bool in_indent_ = true; ///< Only blanks stand before at_ on its line.
};

/// Whether a text of several lines holds anything that may do harm.
[[nodiscard]] bool isHarmless(std::string_view text);

} // namespace lockstep::report
