#include "report/channel.hpp"

#include "report/escape.hpp"
#include "report/harm.hpp"
#include "report/seal_sql.hpp"

#include <array>
#include <utility>

namespace lockstep::report {

static std::string jsonSpelled(const std::string &, const Harm &harm) {
  return jsonEscape(harm.point.value);
}

static std::string textSpelled(const std::string &document, const Harm &harm) {
  return spelled(document, harm.at);
}

static std::string markupSpelled(const std::string &document, const Harm &harm) {
  if (harm.kind != HarmKind::character)
    return "&#" + std::to_string(static_cast<uint32_t>(harm.point.value)) + ";";
  // No reference may stand for what XML forbids.
  std::string text = spelled(document, harm.at);
  return "&lt;" + text.substr(1, text.size() - 2) + "&gt;";
}

namespace {
/// How a channel that reads no SQL writes what may do harm.
struct Escapes {
  std::string (*spell)(const std::string &document, const Harm &harm) = nullptr;
  bool keeps_colors = false;
  bool keeps_line_commands = false;
  bool keeps_byte_order_marks = false; ///< Behind the sign of a patch's line.
};
} // namespace

/// By Channel, up to sql.
static constexpr std::array<Escapes, 6> table{{
    {.spell = &textSpelled},                                 // text
    {.spell = &textSpelled, .keeps_colors = true},           // terminal
    {.spell = &textSpelled, .keeps_line_commands = true},    // github
    {.spell = &jsonSpelled},                                 // json
    {.spell = &markupSpelled},                               // markup
    {.spell = &textSpelled, .keeps_byte_order_marks = true}, // patch
}};

static bool isLetThrough(const Escapes &escapes, std::string_view document, const Harm &harm) {
  if (harm.kind == HarmKind::line_start)
    return escapes.keeps_line_commands;
  return escapes.keeps_byte_order_marks && harm.point.value == 0xFEFF && harm.at > 1 &&
         document[harm.at - 2] == '\n';
}

std::string sealed(Channel channel, std::string document) {
  if (channel == Channel::sql)
    return sealSql(std::move(document));
  const Escapes &escapes = table[static_cast<size_t>(channel)];
  HarmScanner scanner(document, escapes.keeps_colors);
  std::string safe;
  size_t done = 0;
  for (std::optional<Harm> harm = scanner.next(); harm; harm = scanner.next()) {
    if (isLetThrough(escapes, document, *harm))
      continue;
    safe.append(document, done, harm->at - done);
    safe += escapes.spell(document, *harm);
    done = harm->at + harm->point.bytes;
  }
  if (done == 0)
    return document;
  return safe.append(document, done);
}

} // namespace lockstep::report
