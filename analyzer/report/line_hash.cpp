#include "report/line_hash.hpp"

#include "base/text.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>

namespace lockstep::report {

namespace {
constexpr size_t block_size = 100;
constexpr uint64_t base = 37;

constexpr uint64_t basePower() {
  uint64_t power = 1;
  for (size_t i = 0; i < block_size; ++i)
    power *= base;
  return power;
}

std::string hexOf(uint64_t value) {
  std::string digits;
  do
    digits.insert(digits.begin(), "0123456789abcdef"[value & 15]);
  while (value >>= 4);
  return digits;
}

/// The window of the last 100 units; where a line starts in it, its hash is due once the window has
/// moved on by its whole length.
class RollingHash {
public:
  RollingHash() { line_starts_.fill(0); }

  void take(uint16_t unit) {
    bool is_blank = unit == ' ' || unit == '\t' || (after_cr_ && unit == '\n');
    after_cr_ = !is_blank && unit == '\r';
    if (is_blank)
      return;
    if (unit == '\r')
      unit = '\n';
    settle();
    if (at_line_start_)
      line_starts_[index_] = ++lines_;
    at_line_start_ = unit == '\n';
    push(unit);
  }

  std::vector<std::string> finish() {
    take(0xFFFF);
    for (size_t i = 0; i < block_size; ++i) {
      settle();
      push(0);
    }
    return std::move(hashes_);
  }

private:
  void settle() {
    if (line_starts_[index_] == 0)
      return;
    line_starts_[index_] = 0;
    hashes_.push_back(hexOf(hash_) + ":" + std::to_string(++occurrences_[hash_]));
  }
  void push(uint16_t unit) {
    hash_ = base * hash_ + unit - basePower() * window_[index_];
    window_[index_] = unit;
    index_ = (index_ + 1) % block_size;
  }

  std::array<uint16_t, block_size> window_{};
  std::array<uint32_t, block_size> line_starts_;
  size_t index_ = 0;
  uint64_t hash_ = 0;
  uint32_t lines_ = 0;
  bool at_line_start_ = true;
  bool after_cr_ = false;
  std::unordered_map<uint64_t, uint32_t> occurrences_;
  std::vector<std::string> hashes_;
};
} // namespace

std::vector<std::string> lineHashes(std::string_view text) {
  RollingHash hash;
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decodeUtf8(text, at);
    at += point.bytes;
    if (point.value <= 0xFFFF) {
      hash.take(static_cast<uint16_t>(point.value));
      continue;
    }
    uint32_t rest = static_cast<uint32_t>(point.value) - 0x10000;
    hash.take(static_cast<uint16_t>(0xD800 + (rest >> 10)));
    hash.take(static_cast<uint16_t>(0xDC00 + (rest & 0x3FF)));
  }
  return hash.finish();
}

} // namespace lockstep::report
