#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::test {

/// Texts that a log, a terminal or a page would take for more than text.
[[nodiscard]] const std::vector<std::string> &hostileForms();

/// The same without line breaks, for options and other words.
[[nodiscard]] std::string allForms(std::string_view separator);

/// `form` as the name of a file: without slashes, not too long.
[[nodiscard]] std::string fileName(std::string_view form);

/// As a test may tell it: escaped, for its own log.
[[nodiscard]] std::string told(std::string_view text);

/// In the quotes of SQL: "a""b", 'a''b'.
[[nodiscard]] std::string quoted(std::string_view text, char quote);

} // namespace lockstep::test
