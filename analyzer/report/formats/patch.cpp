#include "report/formats/patch.hpp"

#include "base/text.hpp"
#include "engine/fixes.hpp"
#include "report/channel.hpp"
#include "report/escape.hpp"
#include "report/harm.hpp"

namespace lockstep::report {

/// A path as git writes it in a patch: in quotes, with octal escapes, where it holds such a thing.
static std::string patchPath(std::string_view side, const std::string &path) {
  const std::string whole = std::string(side) + "/" + path;
  if (isHarmless(whole) && whole.find_first_of("\"\\\n\r\t") == std::string::npos)
    return whole;
  std::string text = "\"";
  for (char c : whole) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text.append({'\\', c});
    } else if (byte < 0x20 || byte >= 0x7F || c == '#' || c == ':') {
      text += '\\';
      for (int shift : {6, 3, 0})
        text += static_cast<char>('0' + ((byte >> shift) & 7));
    } else {
      text += c;
    }
  }
  return text + "\"";
}

static bool isCommandLine(std::string_view line) {
  const std::optional<Harm> harm = HarmScanner(line).next();
  return harm && harm->kind == HarmKind::line_start;
}

Patch renderPatch(const std::string &path, std::string_view before, std::string_view after) {
  const std::string hunks = engine::unifiedHunks(before, after, &isCommandLine);
  if (hunks.empty())
    return {};
  const std::string patch =
      "--- " + patchPath("a", path) + "\n+++ " + patchPath("b", path) + "\n" + hunks;
  if (sealed(Channel::patch, patch) == patch)
    return {patch, true};
  Patch shown{"# " + printable(path) + "\n", false};
  for (std::string_view line : split(std::string_view(hunks).substr(0, hunks.size() - 1), '\n')) {
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    shown.text += "# " + printable(line) + "\n";
  }
  return shown;
}

} // namespace lockstep::report
