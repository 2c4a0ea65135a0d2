#include "report/page.hpp"

#include "base/text.hpp"

namespace lockstep::report {

static std::string_view withoutTrailingBlanks(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

/// Calls `take(line, in_fence, language)` for each line; fence markers themselves count as prose.
template <class Take> static void forEachLine(std::string_view page, Take &&take) {
  bool in_fence = false;
  std::string_view language;
  std::vector<std::string_view> lines = split(page, '\n');
  if (!lines.empty() && lines.back().empty())
    lines.pop_back();
  for (std::string_view line : lines) {
    bool marker = line.starts_with("```");
    take(line, in_fence && !marker, language);
    if (!marker)
      continue;
    in_fence = !in_fence;
    language = in_fence ? line.substr(3, line.find(' ') - 3) : std::string_view();
  }
}

std::string publishedPage(std::string_view page) {
  std::string text;
  forEachLine(page, [&](std::string_view line, bool in_fence, std::string_view language) {
    size_t expect = in_fence && language == "sql" ? line.find("-- expect") : std::string_view::npos;
    if (expect != std::string_view::npos) {
      line = withoutTrailingBlanks(line.substr(0, expect));
      if (line.empty())
        return;
    }
    if (!in_fence && trim(line).starts_with("<!--") && trim(line).ends_with("-->"))
      return;
    text += line;
    text += '\n';
  });
  return text;
}

/// "[text](url)" → "text (url)"; "**" goes; code keeps its backticks.
static std::string plainLine(std::string_view line) {
  std::string text;
  bool code = false;
  for (size_t at = 0; at < line.size();) {
    size_t close = line[at] == '[' && !code ? line.find("](", at) : std::string_view::npos;
    size_t end = close == std::string_view::npos ? close : line.find(')', close);
    if (end != std::string_view::npos) {
      text += plainLine(line.substr(at + 1, close - at - 1));
      text += " (" + std::string(line.substr(close + 2, end - close - 2)) + ")";
      at = end + 1;
      continue;
    }
    if (!code && line.substr(at, 2) == "**") {
      at += 2;
      continue;
    }
    code ^= line[at] == '`';
    text += line[at++];
  }
  return text;
}

std::string plainPage(std::string_view page) {
  std::string text;
  forEachLine(page, [&](std::string_view line, bool in_fence, std::string_view) {
    if (line.starts_with("```"))
      return;
    if (in_fence) {
      text += line.empty() ? "" : "    " + std::string(line);
    } else if (line.starts_with("#")) {
      std::string heading = plainLine(trim(line.substr(line.find_first_not_of('#'))));
      text += heading + "\n" + std::string(heading.size(), line.starts_with("# ") ? '=' : '-');
    } else if (line.empty() && text.ends_with("\n\n")) {
      return;
    } else {
      text += plainLine(line);
    }
    text += '\n';
  });
  return text;
}

std::string firstSection(std::string_view page) {
  std::string text;
  int headings = 0;
  forEachLine(page, [&](std::string_view line, bool in_fence, std::string_view) {
    if (!in_fence && line.starts_with("#"))
      ++headings;
    else if (headings == 1)
      text += std::string(line) + '\n';
  });
  return std::string(trim(text));
}

} // namespace lockstep::report
