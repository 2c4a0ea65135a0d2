#include "report/line_diff.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <vector>

namespace lockstep::report {

namespace {
struct DiffLine {
  char mark = ' '; ///< ' ' both, '-' before, '+' after.
  std::string_view text;
};
} // namespace

/// Beyond this many differences the rest is told as removed and added: the search costs their
/// square.
static constexpr int most_differences = 4000;

/// The shortest series of removals and additions (Myers, An O(ND) Difference Algorithm, 1986).
static void compareLines(const std::vector<std::string_view> &a,
                         const std::vector<std::string_view> &b, std::vector<DiffLine> &lines) {
  const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
  const int limit = std::min(n + m, most_differences);
  const auto at = [&](int k) { return static_cast<size_t>(k + limit + 1); };
  std::vector<int> furthest(static_cast<size_t>(2 * limit + 3), 0);
  std::vector<std::vector<int>> trace;
  const auto line = [](const std::vector<std::string_view> &of, int index) {
    return of[static_cast<size_t>(index)];
  };
  int found = -1;
  for (int d = 0; d <= limit && found < 0; ++d) {
    trace.emplace_back(furthest.begin() + (limit + 1 - d), furthest.begin() + (limit + 2 + d));
    for (int k = -d; k <= d; k += 2) {
      const bool down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
      int x = down ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
      while (x < n && x - k < m && line(a, x) == line(b, x - k))
        ++x;
      furthest[at(k)] = x;
      if (x >= n && x - k >= m) {
        found = d;
        break;
      }
    }
  }
  if (found < 0) {
    for (std::string_view text : a)
      lines.push_back({'-', text});
    for (std::string_view text : b)
      lines.push_back({'+', text});
    return;
  }
  std::vector<DiffLine> reversed;
  int x = n, y = m;
  for (int d = found; d > 0; --d) {
    // What was reached with d - 1 differences, on the diagonals -d … d.
    const std::vector<int> &held = trace[static_cast<size_t>(d)];
    const auto reached = [&](int k) { return held[static_cast<size_t>(k + d)]; };
    const int k = x - y;
    const bool down = k == -d || (k != d && reached(k - 1) < reached(k + 1));
    const int from = down ? k + 1 : k - 1;
    const int from_x = reached(from), from_y = from_x - from;
    while (x > from_x && y > from_y && x > (down ? from_x : from_x + 1)) {
      reversed.push_back({' ', line(a, --x)});
      --y;
    }
    if (down)
      reversed.push_back({'+', line(b, --y)});
    else
      reversed.push_back({'-', line(a, --x)});
  }
  while (x > 0) {
    reversed.push_back({' ', line(a, --x)});
    --y;
  }
  lines.insert(lines.end(), reversed.rbegin(), reversed.rend());
}

std::string lineDiff(std::string_view before, std::string_view after) {
  const std::vector<std::string_view> a = split(before, '\n'), b = split(after, '\n');
  size_t head = 0, tail = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head])
    ++head;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  std::vector<DiffLine> lines;
  for (size_t i = 0; i < head; ++i)
    lines.push_back({' ', a[i]});
  compareLines(
      {a.begin() + static_cast<std::ptrdiff_t>(head), a.end() - static_cast<std::ptrdiff_t>(tail)},
      {b.begin() + static_cast<std::ptrdiff_t>(head), b.end() - static_cast<std::ptrdiff_t>(tail)},
      lines);
  for (size_t i = a.size() - tail; i < a.size(); ++i)
    lines.push_back({' ', a[i]});

  constexpr size_t context = 3;
  std::vector<bool> shown(lines.size(), false);
  for (size_t i = 0; i < lines.size(); ++i)
    if (lines[i].mark != ' ')
      for (size_t j = i - std::min(i, context); j < std::min(lines.size(), i + context + 1); ++j)
        shown[j] = true;
  std::string text;
  size_t line_a = 1, line_b = 1;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (shown[i] && (i == 0 || !shown[i - 1])) {
      size_t count_a = 0, count_b = 0;
      for (size_t j = i; j < lines.size() && shown[j]; ++j) {
        count_a += lines[j].mark != '+';
        count_b += lines[j].mark != '-';
      }
      text += format("@@ -{},{} +{},{} @@\n", std::to_string(line_a), std::to_string(count_a),
                     std::to_string(line_b), std::to_string(count_b));
    }
    if (shown[i])
      text.append(1, lines[i].mark).append(lines[i].text).append("\n");
    line_a += lines[i].mark != '+';
    line_b += lines[i].mark != '-';
  }
  return text;
}

} // namespace lockstep::report
