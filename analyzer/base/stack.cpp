#include "base/stack.hpp"

#include "base/text.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <cstring>

namespace lockstep::base {

/// True where the system limits the resource to less than `least`.
static bool isBelow(int (*ask)(rlimit &), rlim_t least) {
  rlimit limit{};
  return ask(limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < least;
}

Result<int> callWithStack(const std::function<int()> &work) {
  // Only then: a process with one thread counts its references faster.
  if (!isBelow([](rlimit &limit) { return getrlimit(RLIMIT_STACK, &limit); }, stack_size) &&
      !isBelow([](rlimit &limit) { return getrlimit(RLIMIT_AS, &limit); }, RLIM_INFINITY))
    return work();

  struct Call {
    const std::function<int()> &work;
    int result;
  } call{work, 0};
  auto body = [](void *argument) -> void * {
    auto &the = *static_cast<Call *>(argument);
    the.result = the.work();
    return nullptr;
  };
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_size);
  pthread_t thread{};
  const int problem = pthread_create(&thread, &attributes, body, &call);
  pthread_attr_destroy(&attributes);
  if (problem != 0)
    return Error{format("cannot start a thread with 8 MB of stack: {}; ulimit -a shows the limits",
                        std::strerror(problem))};
  pthread_join(thread, nullptr);
  return call.result;
}

} // namespace lockstep::base
