#include "history/formats/psql_input.hpp"

#include "sql/script.hpp"

namespace lockstep {

void maskPsqlInput(std::string_view text, PsqlVariables variables, FileLayout &layout) {
  // Both a meta-command and the end of COPY data have a backslash, and a variable has a colon.
  bool may_have_variables = variables == PsqlVariables::yes && text.find(':') != text.npos;
  if (text.find('\\') == text.npos && !may_have_variables)
    return;
  MaskedText masked = maskPsql(text);
  auto add = [&](Range range) {
    std::string is = masked.text.substr(range.begin, range.size());
    is.resize(is.find_last_not_of(" \t\r\n") + 1);
    // Line breaks stay by themselves; what they part is blank.
    layout.masks.push_back({range, is.find_first_of("\r\n") == is.npos ? is : ""});
  };
  for (Range range : masked.meta_commands)
    add(range);
  for (Range range : masked.copy_data)
    add(range);
  if (variables == PsqlVariables::yes)
    for (Range range : masked.variables)
      add(range);
}

} // namespace lockstep
