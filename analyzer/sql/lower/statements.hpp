#pragma once
#include "sql/layer.hpp"
#include "sql/lower/raw_parse.hpp"
#include "sql/lower/statement.hpp"
#include "sql/text/problem.hpp"

#include <string_view>
#include <vector>

namespace lockstep::sql {

/// Lowers all statements of `parse`, which parsed the whole of `text`, a stretch of the file that
/// begins at byte `origin`. Adds the comments of the text to `comments` unless that is null, and to
/// `cut` the ranges of statements of which parts lie too deep.
[[nodiscard]] std::vector<Statement> lowerAll(const RawParse &parse, std::string_view text,
                                              uint32_t origin, std::vector<SqlComment> *comments,
                                              std::vector<Range> &cut);

} // namespace lockstep::sql
