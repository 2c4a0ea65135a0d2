#pragma once
#include "base/line_index.hpp"
#include "report/layer.hpp"
#include "session/sources.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace lockstep::report {

/// A range as people and protocols name it; `end` is exclusive.
struct Span {
  Position start;
  Position end;
};

/// Turns byte ranges of the files of a report into lines and columns; indexes each file once.
class Places {
public:
  /// `sources` must outlive the object.
  explicit Places(const SourceMap &sources) : sources_(sources) {}

  /// Line 1, column 1 for a file whose text is not known.
  [[nodiscard]] Span span(const std::string &file, Range range,
                          ColumnUnit unit = ColumnUnit::code_points);
  /// Null for a file whose text is not known.
  [[nodiscard]] const LineIndex *lines(const std::string &file);

private:
  const SourceMap &sources_;
  /// The index asked for last: most questions are about the same file again.
  std::pair<std::string_view, const LineIndex *> last_{};
  std::map<std::string, LineIndex, std::less<>> indexes_;
};

/// "path:line:column", safe for terminals.
[[nodiscard]] std::string placeText(Places &places, const std::string &file, Range range);

} // namespace lockstep::report
