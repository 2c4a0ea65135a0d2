#include "session/side_by_side.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace lockstep::session {

void sideBySide(const PoolSource &pool, std::span<const size_t> sizes,
                const std::function<void(size_t)> &work) {
  constexpr size_t worth_threads = 64;
  std::vector<size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const size_t all = std::accumulate(sizes.begin(), sizes.end(), size_t{0});
  if (!pool || sizes.size() < 2 || all < worth_threads) {
    std::for_each(order.begin(), order.end(), work);
    return;
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return sizes[a] > sizes[b]; });
  pool()->forEach(order.size(), [&](size_t place) { work(order[place]); });
}

} // namespace lockstep::session
