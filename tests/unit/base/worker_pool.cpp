#include "base/worker_pool.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <vector>

using namespace lockstep::base;

TEST_CASE("each index is worked on once, whatever the number of threads") {
  for (unsigned threads : {0u, 1u, 2u, 5u}) {
    WorkerPool pool(threads);
    for (size_t count : {size_t{0}, size_t{1}, size_t{1000}}) {
      std::vector<std::atomic<int>> calls(count);
      pool.forEach(count, [&](size_t index) { ++calls[index]; });
      for (const std::atomic<int> &call : calls)
        REQUIRE(call == 1);
    }
  }
}
