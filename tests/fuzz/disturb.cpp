#include "fuzz/disturb.hpp"

#include "base/hash.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace lockstep::test {

void require(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

std::string disturbed(std::string printed, std::string_view text, unsigned choice) {
  uint64_t state = base::stableHash(text, choice + 1);
  const auto below = [&](size_t limit) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return limit == 0 ? 0 : static_cast<size_t>((state >> 33) % limit);
  };
  for (size_t i = below(4); i > 0; --i) {
    const size_t at = below(printed.size() + 1);
    const size_t from = below(text.size() + 1);
    const std::string_view piece = text.substr(from, below(12));
    switch (below(5)) {
    case 0:
      printed.insert(at, piece);
      break;
    case 1:
      printed.replace(at, std::min(piece.size(), printed.size() - at), piece);
      break;
    case 2:
      printed.erase(at, below(20));
      break;
    case 3:
      printed.insert(at, 1, "\0\t\n ./0"[below(7)]);
      break;
    default:
      printed.resize(at);
      break;
    }
  }
  return printed;
}

} // namespace lockstep::test
