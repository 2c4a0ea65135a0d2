#pragma once
#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

namespace lockstep::base {

/// A fixed number of threads that share out work. Whoever reads SQL in parallel keeps one for the
/// life of the process: libpg_query takes one of the process's about 1,000 thread keys for each
/// thread that ever parses. Each thread has 8 MB of stack, also where the system gives less.
class WorkerPool {
public:
  /// Works on `threads` threads, the calling one included: 0 and 1 both mean that one alone.
  explicit WorkerPool(unsigned threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool &) = delete;
  WorkerPool &operator=(const WorkerPool &) = delete;

  /// Calls work(0) … work(count - 1), each once, in any order and on any of the threads; returns
  /// when all are done. Not to be called from `work`, nor by two threads at once.
  void forEach(size_t count, const std::function<void(size_t)> &work);

private:
  void run();
  /// Takes indices until none is left. Holds the lock when it is called and when it returns.
  void takeWork(std::unique_lock<std::mutex> &lock);

  std::mutex mutex_;
  std::condition_variable work_arrived_;
  std::condition_variable work_done_;
  const std::function<void(size_t)> *work_ = nullptr;
  size_t next_ = 0;
  size_t count_ = 0;
  size_t running_ = 0; ///< Indices taken and not yet done.
  bool stop_ = false;
  std::vector<pthread_t> threads_;
};

} // namespace lockstep::base
