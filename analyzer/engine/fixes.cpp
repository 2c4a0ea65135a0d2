#include "engine/fixes.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>

namespace lockstep::engine {

std::string fixKey(const Finding &finding, const Fix &fix) {
  return finding.fingerprint + '\n' + fix.title;
}

namespace {
/// Edits of one text that can all be made, whichever is made first: none begins where another one
/// does, or inside of it.
class EditSet {
public:
  [[nodiscard]] bool contains(const Edit &edit) const {
    const auto same = edits_.find(edit.range.begin);
    return same != edits_.end() && same->second->range == edit.range &&
           same->second->text == edit.text;
  }
  [[nodiscard]] bool collides(const Edit &edit) const {
    const auto next = edits_.lower_bound(edit.range.begin);
    if (next != edits_.end() && (next->first == edit.range.begin || next->first < edit.range.end))
      return true;
    return next != edits_.begin() && std::prev(next)->second->range.end > edit.range.begin;
  }
  /// `edit` collides with none, and outlives the set.
  void add(const Edit &edit) { edits_.emplace(edit.range.begin, &edit); }

private:
  std::map<uint32_t, const Edit *> edits_; ///< By where they begin.
};
} // namespace

static const Fix *fixOf(const Finding &finding, bool unsafe, const std::set<std::string> &refused) {
  for (const Fix &fix : finding.fixes)
    if (!fix.edits.empty() && (unsafe || fix.safety == FixSafety::safe) &&
        !refused.contains(fixKey(finding, fix)))
      return &fix;
  return nullptr;
}

FixPlan planFixes(std::span<const Finding *const> findings, bool unsafe,
                  const std::set<std::string> &refused) {
  FixPlan plan;
  EditSet planned;
  for (const Finding *finding : findings) {
    const Fix *fix = finding->suppressed ? nullptr : fixOf(*finding, unsafe, refused);
    if (!fix)
      continue;
    std::vector<const Edit *> added;
    EditSet own;
    bool collides = false;
    for (const Edit &edit : fix->edits) {
      // Two findings may ask for the same edit: it is made once.
      if (planned.contains(edit))
        continue;
      collides = collides || planned.collides(edit) || own.collides(edit);
      if (collides)
        break;
      own.add(edit);
      added.push_back(&edit);
    }
    if (collides)
      continue;
    for (const Edit *edit : added) {
      planned.add(*edit);
      plan.edits.push_back(*edit);
    }
    plan.fixes.push_back(fixKey(*finding, *fix));
  }
  std::sort(plan.edits.begin(), plan.edits.end(),
            [](const Edit &a, const Edit &b) { return a.range < b.range; });
  return plan;
}

std::string applyEdits(std::string_view text, std::span<const Edit> edits) {
  size_t line_end = text.find('\n');
  bool is_crlf = line_end != std::string_view::npos && line_end > 0 && text[line_end - 1] == '\r';
  std::string result;
  size_t at = 0;
  for (const Edit &edit : edits) {
    result += text.substr(at, edit.range.begin - at);
    for (size_t i = 0; i < edit.text.size(); ++i) {
      if (edit.text[i] == '\n' && is_crlf && (i == 0 || edit.text[i - 1] != '\r'))
        result += '\r';
      result += edit.text[i];
    }
    at = edit.range.end;
  }
  return result += text.substr(at);
}

/// Lines with their ends.
static std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// Lines that are shown around those that change.
static constexpr size_t context = 3;

namespace {
/// A line of a diff: ' ', '-' or '+'.
struct DiffLine {
  char sign = ' ';
  std::string_view text;
};
} // namespace

/// The longest common lines are kept. Beyond what a table of them may cost, all is replaced.
static void diffMiddle(std::span<const std::string_view> before,
                       std::span<const std::string_view> after, std::vector<DiffLine> &lines) {
  constexpr size_t largest_table = size_t{4} << 20;
  size_t rows = before.size() + 1;
  size_t columns = after.size() + 1;
  std::vector<uint32_t> common;
  if (rows * columns <= largest_table) {
    common.assign(rows * columns, 0);
    for (size_t i = before.size(); i-- > 0;)
      for (size_t j = after.size(); j-- > 0;)
        common[i * columns + j] = before[i] == after[j] ? common[(i + 1) * columns + j + 1] + 1
                                                        : std::max(common[(i + 1) * columns + j],
                                                                   common[i * columns + j + 1]);
  }
  size_t i = 0;
  size_t j = 0;
  while (i < before.size() && j < after.size() && !common.empty()) {
    if (before[i] == after[j]) {
      lines.push_back({' ', before[i]});
      ++i;
      ++j;
    } else if (common[(i + 1) * columns + j] >= common[i * columns + j + 1]) {
      lines.push_back({'-', before[i++]});
    } else {
      lines.push_back({'+', after[j++]});
    }
  }
  while (i < before.size())
    lines.push_back({'-', before[i++]});
  while (j < after.size())
    lines.push_back({'+', after[j++]});
}

static std::vector<DiffLine> diffLines(const std::vector<std::string_view> &before,
                                       const std::vector<std::string_view> &after) {
  size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head])
    ++head;
  size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  std::vector<DiffLine> lines;
  for (size_t i = 0; i < head; ++i)
    lines.push_back({' ', before[i]});
  diffMiddle(std::span(before).subspan(head, before.size() - head - tail),
             std::span(after).subspan(head, after.size() - head - tail), lines);
  for (size_t i = before.size() - tail; i < before.size(); ++i)
    lines.push_back({' ', before[i]});
  return lines;
}

/// Lines of context that may not be any are removed and added.
static std::vector<DiffLine> replacedContext(const std::vector<DiffLine> &lines,
                                             bool (*is_no_context)(std::string_view line)) {
  std::vector<bool> replaced(lines.size(), false);
  size_t distance = context + 1; ///< From the last line that changes.
  const auto visit = [&](size_t i) {
    if (lines[i].sign == ' ' && distance <= context && is_no_context(lines[i].text))
      replaced[i] = true;
    distance = lines[i].sign != ' ' || replaced[i] ? 1 : distance + 1;
  };
  for (size_t i = 0; i < lines.size(); ++i)
    visit(i);
  distance = context + 1;
  for (size_t i = lines.size(); i-- > 0;)
    visit(i);
  std::vector<DiffLine> result;
  result.reserve(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!replaced[i]) {
      result.push_back(lines[i]);
      continue;
    }
    result.push_back({'-', lines[i].text});
    result.push_back({'+', lines[i].text});
  }
  return result;
}

static std::string hunk(std::span<const DiffLine> lines, size_t old_line, size_t new_line) {
  size_t old_count = 0;
  size_t new_count = 0;
  std::string body;
  for (const DiffLine &line : lines) {
    old_count += line.sign == '+' ? 0 : 1;
    new_count += line.sign == '-' ? 0 : 1;
    body += line.sign + std::string(line.text);
    if (!line.text.ends_with('\n'))
      body += "\n\\ No newline at end of file\n";
  }
  auto place = [](size_t line, size_t count) {
    return std::to_string(count == 0 ? line - 1 : line) + "," + std::to_string(count);
  };
  return "@@ -" + place(old_line, old_count) + " +" + place(new_line, new_count) + " @@\n" + body;
}

std::string unifiedHunks(std::string_view before, std::string_view after,
                         bool (*is_no_context)(std::string_view line)) {
  if (before == after)
    return "";
  std::vector<DiffLine> lines =
      replacedContext(diffLines(linesOf(before), linesOf(after)), is_no_context);
  std::string text;
  size_t old_line = 1;
  size_t new_line = 1;
  size_t counted = 0; ///< Lines that old_line and new_line stand behind.
  auto moveTo = [&](size_t line) {
    for (; counted < line; ++counted) {
      old_line += lines[counted].sign == '+' ? 0 : 1;
      new_line += lines[counted].sign == '-' ? 0 : 1;
    }
  };
  auto nextChange = [&](size_t from) {
    while (from < lines.size() && lines[from].sign == ' ')
      ++from;
    return from;
  };
  for (size_t change = nextChange(0); change < lines.size();) {
    size_t begin = change - std::min(change - counted, context);
    size_t end = change;
    // A hunk goes on while the next change is near enough to share its context.
    while (change < lines.size() && change <= end + 2 * context) {
      while (change < lines.size() && lines[change].sign != ' ')
        ++change;
      end = change;
      change = nextChange(change);
    }
    end = std::min(end + context, lines.size());
    moveTo(begin);
    text += hunk(std::span(lines).subspan(begin, end - begin), old_line, new_line);
    moveTo(end);
  }
  return text;
}

} // namespace lockstep::engine
