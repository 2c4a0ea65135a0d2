#include "channels/scan.hpp"

#include "base/text.hpp"
#include "channels/forms.hpp"

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>

namespace lockstep::test {

using base::CodePoint;
using base::decodeUtf8;
using base::split;

static bool isForbidden(char32_t c) {
  if (c >= 0x20 && c < 0x7F)
    return false;
  static const std::vector<std::pair<char32_t, char32_t>> ranges{
      {0x00, 0x08},     {0x0B, 0x1F},     {0x7F, 0x9F},      {0xAD, 0xAD},     {0x34F, 0x34F},
      {0x61C, 0x61C},   {0x115F, 0x1160}, {0x180B, 0x180F},  {0x200B, 0x200F}, {0x2028, 0x202E},
      {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
      {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF}};
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const auto &range) { return c >= range.first && c <= range.second; });
}

/// Whether a line is a command once the blanks that .NET's TrimStart drops are gone.
static bool isLineCommand(std::string_view line) {
  if (line.empty() || line.front() > ' ')
    return line.starts_with("::");
  for (std::string_view blank :
       {" ", "\t", "\v", "\f", "\r", "\u0085", "\u00a0", "\u2003", "\u2028", "\u2029", "\u3000"})
    if (line.starts_with(blank))
      return isLineCommand(line.substr(blank.size()));
  return line.starts_with("::");
}

static bool isOwnCommand(std::string_view line) {
  static const std::regex own("::(error|warning|notice) (file=[^,:]*,line=[0-9]+,endLine=[0-9]+,"
                              "col=[0-9]+(,endColumn=[0-9]+)?,)?title=[a-z0-9-]+::.*");
  return std::regex_match(line.begin(), line.end(), own);
}

/// Wherever it stands in the line. Regular expressions would be most of this test's time.
static bool holdsCommand(std::string_view line) {
  for (size_t at = 0; (at = line.find("##", at)) != line.npos; ++at) {
    size_t end = at + 2;
    while (end < line.size() && std::isalpha(static_cast<unsigned char>(line[end])))
      ++end;
    if (end < line.size() && line[end] == '[')
      return true;
  }
  for (std::string_view word : {"section_start:", "section_end:", "travis_fold:", "travis_time:"})
    for (size_t at = 0; (at = line.find(word, at)) != line.npos; at += word.size())
      if (at + word.size() < line.size() &&
          std::isalnum(static_cast<unsigned char>(line[at + word.size()])))
        return true;
  return false;
}

std::vector<std::string> dangers(std::string_view printed, bool own_commands) {
  std::vector<std::string> found;
  size_t number = 0;
  for (std::string_view line : split(printed, '\n')) {
    ++number;
    auto add = [&](const std::string &why) {
      found.push_back(std::to_string(number) + ", " + why + ", " + told(line));
    };
    if (isLineCommand(line) && !(own_commands && isOwnCommand(line)))
      add("a command at the start of a line");
    if (holdsCommand(line))
      add("a command");
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    for (size_t at = 0; at < line.size();) {
      const CodePoint point = decodeUtf8(line, at);
      if (!point.valid || isForbidden(point.value)) {
        add("a character that does harm");
        break;
      }
      at += point.bytes;
    }
  }
  return found;
}

std::vector<std::string> tagsOf(std::string_view page) {
  std::set<std::string> tags;
  const std::string text(page.substr(0, page.find("<style>")));
  const size_t end = page.find("</style>");
  const std::string rest(end == page.npos ? "" : page.substr(end));
  static const std::regex tag("<([^>]*)>?");
  static const std::regex value("=\"[^\"]*\"");
  for (const std::string &part : {text, rest})
    for (std::sregex_iterator it(part.begin(), part.end(), tag), last; it != last; ++it)
      tags.insert(std::regex_replace((*it)[1].str(), value, "="));
  return {tags.begin(), tags.end()};
}

/// Without code: lines of four blanks more than their list, and what stands in backquotes.
static std::string proseOf(std::string_view markdown) {
  std::string prose;
  for (std::string_view line : split(markdown, '\n')) {
    if (line.starts_with("      "))
      continue;
    for (size_t at = 0; at < line.size();) {
      const size_t ticks = std::min(line.find_first_not_of('`', at), line.size()) - at;
      if (ticks == 0) {
        prose += line[at++];
        continue;
      }
      // The run of as many that closes it.
      size_t close = at + ticks;
      while (close < line.size()) {
        const size_t open = line.find('`', close);
        if (open == line.npos)
          break;
        const size_t behind = std::min(line.find_first_not_of('`', open), line.size());
        close = behind;
        if (behind - open == ticks)
          break;
      }
      prose += "CODE";
      at = close;
    }
    prose += '\n';
  }
  return prose;
}

static std::string resolved(std::string_view prose) {
  std::string text;
  for (size_t at = 0; at < prose.size();) {
    const size_t end = prose.find(';', at);
    if (prose.substr(at, 2) == "&#" && end != prose.npos) {
      text += static_cast<char>(std::stoi(std::string(prose.substr(at + 2, end - at - 2))));
      at = end + 1;
    } else {
      text += prose[at++];
    }
  }
  return text;
}

std::vector<std::string> markupOf(std::string_view markdown) {
  std::vector<std::string> found;
  auto search = [&](const std::string &text, const char *pattern) {
    const std::regex expression(pattern);
    for (std::sregex_iterator it(text.begin(), text.end(), expression), last; it != last; ++it)
      found.push_back(told(text.substr(static_cast<size_t>(it->position()), 40)));
  };
  const std::string prose = proseOf(markdown);
  // As Markdown: our own emphasis, headings and lists are all that may be left.
  search(prose, "<(?!U\\+|0x)|\\]\\(|\\\\|\\|");
  // As what the forge looks for in the text that comes of it.
  search(resolved(prose),
         "@[A-Za-z]|#[0-9]|GH-[0-9]|![0-9]|\\$[0-9]|%[0-9]|~[a-z]|&[0-9]|://|www\\.|"
         ":[a-z]+:|\\[[a-z]+:[0-9]|\\n */[a-z]");
  return found;
}

} // namespace lockstep::test
