#pragma once
#include "base/text.hpp"
#include "report/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::report {

// Pieces of a report, before it is put together: each is on one line then, whatever it holds. The
// whole is looked at once more when it is printed, see report/channel.hpp.

/// How people are shown what may do harm: "<U+001B>"; "<0xFF>" for a byte that is no UTF-8.
[[nodiscard]] std::string spelled(std::string_view text, size_t at);

/// `text` on one line, safe for terminals and CI logs: harmful characters are spelled out, tabs
/// become a blank, commands that a CI log finds anywhere in a line are broken up.
[[nodiscard]] std::string printable(std::string_view text);

/// What printable() makes of the code point at byte `at` of `text`.
[[nodiscard]] std::string printableAt(std::string_view text, size_t at);

/// printable() for a path at the start of a line: "./" keeps it from being taken for a command.
[[nodiscard]] std::string printablePath(std::string_view path);

/// A code point as JSON escapes it, in UTF-16: "\u202E".
[[nodiscard]] std::string jsonEscape(char32_t code_point);

/// Appends `text` as a JSON string, quotes included, safe to print; bytes that are no UTF-8 become
/// U+FFFD.
void appendJsonString(std::string &json, std::string_view text);

/// printable() for the text or an attribute of XML and HTML.
[[nodiscard]] std::string xmlEscape(std::string_view text);

/// A path as a URI reference: percent-encoded, "/" kept.
[[nodiscard]] std::string uriEncode(std::string_view path);

/// How many columns of a terminal `text`, which is printable, takes.
[[nodiscard]] size_t displayWidth(std::string_view text);

/// `value` in hexadecimal, with so many digits.
[[nodiscard]] std::string hexadecimal(uint32_t value, int digits);

} // namespace lockstep::report
