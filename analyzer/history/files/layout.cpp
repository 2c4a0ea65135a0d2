#include "history/files/layout.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace lockstep::history {

static constexpr std::array<std::string_view, 6> model_names = {
    "tx-all", "tx-file", "implicit", "pipeline", "autocommit", "unknown"};

std::string_view name(ExecutionModel model) { return model_names[static_cast<size_t>(model)]; }

std::optional<ExecutionModel> executionModelNamed(std::string_view name) {
  auto found = std::find(model_names.begin(), model_names.end(), name);
  if (found == model_names.end())
    return std::nullopt;
  return static_cast<ExecutionModel>(found - model_names.begin());
}

size_t FileLayout::unitAt(uint32_t offset) const {
  auto after =
      std::upper_bound(units.begin(), units.end(), offset,
                       [](uint32_t at, const Unit &unit) { return at < unit.section.begin; });
  if (after == units.begin() || !std::prev(after)->section.contains(offset))
    return units.size();
  return static_cast<size_t>(std::prev(after) - units.begin());
}

bool FileLayout::has(Direction direction) const {
  return std::any_of(units.begin(), units.end(),
                     [&](const Unit &unit) { return unit.direction == direction; });
}

/// Puts `with` at the start of the range and blanks over the rest; line breaks stay.
static void overlay(std::string &text, Range range, std::string_view with) {
  assert(range.end <= text.size() && with.size() <= range.size());
  std::copy(with.begin(), with.end(), text.begin() + range.begin);
  for (size_t at = range.begin + with.size(); at < range.end; ++at)
    if (text[at] != '\n' && text[at] != '\r')
      text[at] = ' ';
}

static bool keeps(const Unit &unit, bool keep_up, bool keep_down) {
  return unit.direction == Direction::up ? keep_up : keep_down;
}

std::string maskedText(std::string_view text, const FileLayout &layout, bool keep_up,
                       bool keep_down) {
  std::string masked(text);
  for (const Mask &mask : layout.masks)
    overlay(masked, mask.range, mask.text);
  for (const Unit &unit : layout.units)
    if (!keeps(unit, keep_up, keep_down))
      overlay(masked, unit.section, "");
  return masked;
}

bool needsMask(const FileLayout &layout, bool keep_up, bool keep_down) {
  return !layout.masks.empty() ||
         std::any_of(layout.units.begin(), layout.units.end(),
                     [&](const Unit &unit) { return !keeps(unit, keep_up, keep_down); });
}

} // namespace lockstep::history
