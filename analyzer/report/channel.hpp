#pragma once
#include "report/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::report {

/// Where a document goes. What reads it decides what may do harm in it, and how that is written:
///
/// | channel  | characters that may do harm | "##[x]" anywhere | "::x" at a line's start |
/// |----------|-----------------------------|------------------|-------------------------|
/// | text     | <U+001B>                    | <U+0023>#[x]     | <U+003A>:x              |
/// | terminal | as text, but for colours    | as text          | as text                 |
/// | github   | as text                     | as text          | its own commands        |
/// | json     | \u001B                      | \u0023#[x]       | (starts no line)        |
/// | markup   | &lt;U+001B&gt;              | &#35;#[x]        | &#58;:x                 |
/// | patch    | as text, see renderPatch()  | as text          | as text                 |
/// | sql      | E'\x1B', U&"\001B"          | E'\x23#[x]'      | E'\x3A:x'               |
///
/// Line breaks and tabs are let through: what is put on one line is printable() before.
enum class Channel : uint8_t {
  text,     ///< Read by people, or by a CI log.
  terminal, ///< The same, in colours.
  github,   ///< Commands of our own for GitHub's log.
  json,     ///< A document, or one a line.
  markup,   ///< XML and HTML.
  patch,    ///< As text; a byte order mark at the start of a file is let through.
  sql,      ///< A script that the server must understand the same way; see sealSql().
};

/// `document` with nothing in it that may do harm where it goes. One that is safe already, as all
/// are whose parts were escaped, is given back as it is.
[[nodiscard]] std::string sealed(Channel channel, std::string document);

} // namespace lockstep::report
