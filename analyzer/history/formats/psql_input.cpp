#include "history/formats/psql_input.hpp"

#include "sql/script.hpp"

namespace lockstep {

void maskPsqlInput(std::string_view text, FileLayout &layout) {
  // Both a meta-command and the end of COPY data have one.
  if (text.find('\\') == std::string_view::npos)
    return;
  MaskedText masked = maskPsql(text);
  for (Range range : masked.meta_commands)
    layout.masks.push_back({range, ""});
  for (Range range : masked.copy_data)
    layout.masks.push_back({range, ""});
}

} // namespace lockstep
