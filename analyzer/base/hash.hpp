#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace lockstep::base {

/// FNV-1a, 64 bits: the same on every machine and in every version, so that it may be stored.
[[nodiscard]] constexpr uint64_t stableHash(std::string_view text,
                                            uint64_t seed = 0xcbf29ce484222325ULL) {
  for (char c : text)
    seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return seed;
}

/// 16 lower-case hexadecimal digits.
[[nodiscard]] std::string hexDigits(uint64_t value);

} // namespace lockstep::base
