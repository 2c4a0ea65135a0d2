#pragma once
#include "base/line_index.hpp"
#include "report/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

/// One line of a source as a terminal shows it, with what is marked on it.
struct SnippetLine {
  uint32_t number = 0; ///< 0: lines were left out here.
  std::string text;    ///< Tabs expanded, harmful characters spelled out, long lines cut.
  std::string marks;   ///< Carets below the marked part; blanks before it.
};

/// The lines that `range` touches: the first and, of a range over several lines, the last.
[[nodiscard]] std::vector<SnippetLine> snippetOf(const LineIndex &lines, Range range);

} // namespace lockstep::report
