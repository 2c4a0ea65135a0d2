#pragma once
#include "history/files/layout.hpp"
#include "history/layer.hpp"

#include <string_view>
#include <vector>

namespace lockstep::history {

/// Masks what a template engine fills in at the given places, each with a name of the same length
/// that is legal where a name, a value or a type may stand: "${users}" becomes "\"users\" ", and
/// "app_${env}" a single name. A place that is a whole statement becomes blank. Places inside
/// strings, quoted names and comments stay as they are.
void maskPlaceholders(std::string_view text, const std::vector<Range> &places, FileLayout &layout);

/// The places of `open` … `close` on one line: "${name}".
[[nodiscard]] std::vector<Range> findPlaceholders(std::string_view text, std::string_view open,
                                                  std::string_view close);

/// The places of shell variables in `range`: $NAME, ${NAME}, ${NAME:-default}.
[[nodiscard]] std::vector<Range> findShellVariables(std::string_view text, Range range);

/// Masks psql's variables: the colon of :name, :'name' and :"name" becomes blank, :{?name} "true".
void maskPsqlVariables(std::string_view text, FileLayout &layout);

} // namespace lockstep::history
