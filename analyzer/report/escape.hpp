#pragma once
#include "report/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::report {

/// True for what must not reach a terminal as it is: control characters, and what reorders or hides
/// text (bidirectional controls, line and paragraph separators, tags).
[[nodiscard]] bool isHarmful(char32_t code_point);

/// `text` on one line, safe for terminals and CI logs: harmful characters become "<U+001B>", bytes
/// that are no UTF-8 "<0xFF>", tabs a blank. "##[" and "##vso[", which CI logs take as commands,
/// are broken up.
[[nodiscard]] std::string printable(std::string_view text);

/// What printable() makes of the code point at byte `at` of `text`.
[[nodiscard]] std::string printableAt(std::string_view text, size_t at);

/// Serialised JSON with harmful characters, and commands of CI logs, broken up by \u escapes: the
/// same document, safe to print.
[[nodiscard]] std::string sealJson(std::string_view json);

/// Appends `text` as a JSON string, quotes included, safe to print; bytes that are no UTF-8 become
/// U+FFFD.
void appendJsonString(std::string &json, std::string_view text);

/// printable() for the text or an attribute of XML.
[[nodiscard]] std::string xmlEscape(std::string_view text);

/// A path as a URI reference: percent-encoded, "/" kept.
[[nodiscard]] std::string uriEncode(std::string_view path);

/// How many columns of a terminal `text`, which is printable, takes.
[[nodiscard]] size_t displayWidth(std::string_view text);

} // namespace lockstep::report
