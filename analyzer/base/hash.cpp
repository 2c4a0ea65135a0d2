#include "base/hash.hpp"

namespace lockstep::base {

std::string hexDigits(uint64_t value) {
  std::string digits(16, '0');
  for (size_t i = digits.size(); i-- > 0; value >>= 4)
    digits[i] = "0123456789abcdef"[value & 15];
  return digits;
}

} // namespace lockstep::base
