// Stands in for the C library's allocator, which does the work, and counts.
#include "growth/counters.hpp"

#include <malloc.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

// glibc's own names for its allocator. noexcept as in its headers.
extern "C" {
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);
}

namespace lockstep::growth {

/// The program runs on one thread while it is counted.
static constinit Work counted;
static constinit uint64_t in_use = 0;

static void release(void *block) {
  if (block)
    in_use -= std::min<uint64_t>(in_use, malloc_usable_size(block));
}

static void *take(void *block, size_t asked) {
  if (!block)
    return block;
  ++counted.allocations;
  counted.bytes += asked;
  in_use += malloc_usable_size(block);
  counted.peak = std::max(counted.peak, in_use);
  return block;
}

void beginCounting() {
  counted = {};
  in_use = 0;
}

Work countedWork() { return counted; }

} // namespace lockstep::growth

using lockstep::growth::release;
using lockstep::growth::take;

extern "C" {

void *malloc(size_t size) noexcept { return take(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) noexcept {
  return take(__libc_calloc(count, size), count * size);
}

void *realloc(void *block, size_t size) noexcept {
  release(block);
  return take(__libc_realloc(block, size), size);
}

void *memalign(size_t alignment, size_t size) noexcept {
  return take(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size) noexcept { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) noexcept {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}

void free(void *block) noexcept {
  release(block);
  __libc_free(block);
}
}
