#include "base/out_of_memory.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <new>
#include <string_view>

// Of mimalloc, which answers malloc in most builds. Null where it is not linked: then it is only
// `new` that tells of its failure, and C code must be looked after where it is called.
extern "C" [[gnu::weak]] void mi_register_error(void (*handler)(int problem, void *), void *);

namespace lockstep::base {

static void onAllocatorError(int problem, void *) {
  if (problem == ENOMEM || problem == EOVERFLOW)
    endOutOfMemory();
}

void endWhenOutOfMemory() {
  std::set_new_handler(&endOutOfMemory);
  if (mi_register_error)
    mi_register_error(&onAllocatorError, nullptr);
}

void endOutOfMemory() noexcept {
  // Several threads run out of memory at about the same time: one speaks.
  static std::atomic_flag is_said;
  while (is_said.test_and_set())
    pause();
  constexpr std::string_view sentence =
      "lockstep: out of memory, the report is incomplete; raise the "
      "limit (ulimit -v shows it) or check fewer files\n";
  for (std::string_view rest = sentence; !rest.empty();) {
    const ssize_t written = write(STDERR_FILENO, rest.data(), rest.size());
    if (written < 0 && errno != EINTR)
      break;
    rest.remove_prefix(written < 0 ? 0 : static_cast<size_t>(written));
  }
  constexpr int failure = 2;
  _exit(failure);
}

} // namespace lockstep::base
