#include "base/worker_pool.hpp"

#include "base/stack.hpp"

#include <cassert>

namespace lockstep::base {

WorkerPool::WorkerPool(unsigned threads) {
  auto body = [](void *pool) -> void * {
    static_cast<WorkerPool *>(pool)->run();
    return nullptr;
  };
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_size);
  for (unsigned i = 1; i < threads; ++i) {
    pthread_t thread{};
    // With fewer threads than asked for, the work takes longer.
    if (pthread_create(&thread, &attributes, body, this) != 0)
      break;
    threads_.push_back(thread);
  }
  pthread_attr_destroy(&attributes);
}

WorkerPool::~WorkerPool() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  work_arrived_.notify_all();
  for (pthread_t thread : threads_)
    pthread_join(thread, nullptr);
}

void WorkerPool::takeWork(std::unique_lock<std::mutex> &lock) {
  while (next_ < count_) {
    size_t index = next_++;
    ++running_;
    const auto &work = *work_;
    lock.unlock();
    work(index);
    lock.lock();
    --running_;
  }
}

void WorkerPool::run() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    takeWork(lock);
    if (running_ == 0)
      work_done_.notify_one();
    work_arrived_.wait(lock, [this] { return stop_ || next_ < count_; });
  }
}

void WorkerPool::forEach(size_t count, const std::function<void(size_t)> &work) {
  std::unique_lock lock(mutex_);
  assert(next_ >= count_ && running_ == 0 && "the pool is busy");
  work_ = &work;
  next_ = 0;
  count_ = count;
  if (count > 1)
    work_arrived_.notify_all();
  takeWork(lock);
  work_done_.wait(lock, [this] { return running_ == 0; });
}

} // namespace lockstep::base
