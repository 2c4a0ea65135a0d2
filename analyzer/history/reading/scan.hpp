#pragma once
#include "base/line_index.hpp"
#include "base/range.hpp"
#include "base/text.hpp"
#include "history/files/layout.hpp"
#include "history/layer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

// How the texts of migration files are looked through: what several formats share.

/// The bytes of `range` in `text`.
[[nodiscard]] inline std::string_view slice(std::string_view text, Range range) {
  return text.substr(range.begin, range.size());
}

/// Calls `visit(Range)` for each line, without its end; "\n", "\r\n" and a lone "\r" end a line.
template <class Visit> void forEachLine(std::string_view text, Visit &&visit) {
  for (size_t at = 0; at < text.size();) {
    size_t end = endOfLine(text, at);
    visit(Range{static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
}

/// Where the line after the one that contains or ends at `offset` begins.
[[nodiscard]] uint32_t nextLine(std::string_view text, uint32_t offset);

/// The text behind "--" and blanks, where the line is a comment from its first byte on; nullopt
/// otherwise.
[[nodiscard]] std::optional<std::string_view> lineComment(std::string_view line);

/// If `text` starts with `word` in any case and then ends or has a blank: what follows, without
/// blanks around it.
[[nodiscard]] std::optional<std::string_view> afterWord(std::string_view text,
                                                        std::string_view word);

/// A directive line that ends what stands before it: even a statement without a semicolon.
[[nodiscard]] inline Mask separator(Range line) { return {line, line.empty() ? "" : ";"}; }

/// The last token of a section that no semicolon ends, for runners that refuse such a statement;
/// nullopt where the last statement is ended, stands in one of the `blocks`, or there is none.
[[nodiscard]] std::optional<Range> unfinishedStatement(std::string_view text, Range section,
                                                       const std::vector<Range> &blocks);
/// The dollar-quoted bodies outside the `blocks` that have a line ending with a semicolon before
/// their last: runners that part statements line by line cut them there.
[[nodiscard]] std::vector<Range> cutBodies(std::string_view text, const std::vector<Range> &blocks);

/// Cuts a file into an up and a down unit at directive lines.
class Sections {
public:
  Sections(std::string_view text, Unit model) : text_(text), unit_(std::move(model)) {}

  /// A unit begins behind the directive line; the one before it ends.
  void begin(Range directive, Direction direction);
  /// The unit at hand, to change its model; null before the first.
  [[nodiscard]] Unit *current() { return units_.empty() ? nullptr : &units_.back(); }
  /// All units, the last one up to the end of the text, with the directives masked. What stands
  /// before the first directive is nobody's.
  void finish(FileLayout &layout);
  [[nodiscard]] bool empty() const { return units_.empty(); }

private:
  std::string_view text_;
  Unit unit_;
  std::vector<Unit> units_;
  std::vector<Mask> masks_;
};

/// True unless more than comments and semicolons follows the first statement.
[[nodiscard]] bool holdsOneStatement(std::string_view sql);

/// The value of `key` in `text` of "key = value" lines (.conf, .toml, .properties), without quotes;
/// keys compare in any case. Empty where there is none.
[[nodiscard]] std::string_view configValue(std::string_view text, std::string_view key);

} // namespace lockstep::history
