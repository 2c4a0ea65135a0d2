#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::test {

/// What a program printed that a CI log or a terminal would take for more than text: a line for
/// each, with why. Written apart from what the program does, byte by byte and line by line.
/// With `own_commands`, lines may be commands of GitHub's log: "::error file=…".
[[nodiscard]] std::vector<std::string> dangers(std::string_view printed, bool own_commands = false);

/// The tags of a page of XML or HTML, each once: "p", "a href=".
[[nodiscard]] std::vector<std::string> tagsOf(std::string_view page);

/// What GitHub or GitLab would make of a page of Markdown beside text and code: mentions, numbers,
/// links, HTML. Code is left out, references to characters are resolved.
[[nodiscard]] std::vector<std::string> markupOf(std::string_view markdown);

} // namespace lockstep::test
