#pragma once
#include <compare>
#include <cstdint>

namespace lockstep::base {

/// A half-open range of bytes in one source text: [begin, end). Everything that lockstep says about
/// a place is such a range in the file's original bytes; lines and columns are derived at the edge.
struct Range {
  uint32_t begin = 0;
  uint32_t end = 0;

  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] uint32_t size() const { return empty() ? 0 : end - begin; }
  [[nodiscard]] bool contains(uint32_t offset) const { return begin <= offset && offset < end; }
  [[nodiscard]] bool contains(Range other) const {
    return begin <= other.begin && other.end <= end;
  }
  friend auto operator<=>(const Range &, const Range &) = default;
};

} // namespace lockstep::base
