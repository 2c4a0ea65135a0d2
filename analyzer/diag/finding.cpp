#include "diag/finding.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace lockstep::diag {

static constexpr std::array<std::string_view, 4> severity_names{"off", "info", "warning", "error"};
static constexpr std::array<std::string_view, 7> category_names{
    "locking", "compatibility", "data-loss", "failure", "security", "hygiene", "style"};
static constexpr std::array<std::string_view, 4> phase_names{"", "expand", "migrate", "contract"};

std::string_view name(Severity severity) { return severity_names[static_cast<size_t>(severity)]; }
std::string_view name(Category category) { return category_names[static_cast<size_t>(category)]; }
std::string_view name(Phase phase) { return phase_names[static_cast<size_t>(phase)]; }
std::string_view name(FixSafety safety) { return safety == FixSafety::safe ? "safe" : "unsafe"; }

template <class Enum, size_t N>
static std::optional<Enum> enumeratorNamed(const std::array<std::string_view, N> &names,
                                           std::string_view name) {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

std::optional<Severity> severityNamed(std::string_view name) {
  return enumeratorNamed<Severity>(severity_names, name);
}

std::optional<Category> categoryNamed(std::string_view name) {
  return enumeratorNamed<Category>(category_names, name);
}

void sortFindings(std::vector<Finding> &findings) {
  const auto isLess = [](const Finding &a, const Finding &b) {
    if (int order = a.file.compare(b.file); order != 0)
      return order < 0;
    return std::tie(a.range, a.rule, a.message) < std::tie(b.range, b.rule, b.message);
  };
  if (std::is_sorted(findings.begin(), findings.end(), isLess))
    return;
  // Findings are large: their places are sorted, then each is moved once.
  std::vector<size_t> order(findings.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t left, size_t right) {
    return isLess(findings[left], findings[right]);
  });
  std::vector<Finding> sorted;
  sorted.reserve(findings.size());
  for (size_t place : order)
    sorted.push_back(std::move(findings[place]));
  findings = std::move(sorted);
}

} // namespace lockstep::diag
