// How work is shared out among threads.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace fovea::bfloat16 {

// Calls body(index, thread) for 0 to count - 1, handed out one by one, so that a thread the system interrupts does not hold up the others.
template <typename Body>
void for_each(int64_t count, const Body& body) {
  std::atomic<int64_t> next{0};
  at::parallel_for(0, at::get_num_threads(), 1, [&](int64_t begin, int64_t end) {
    for (int64_t thread = begin; thread < end; thread++) {
      for (int64_t i = next++; i < count; i = next++) body(i, thread);
    }
  });
}

// Cuts all into equal shares of at most most, equally many for each thread.
class Shares {
 public:
  Shares(int64_t all, int64_t most) : threads_(at::get_num_threads()), all_(all) {
    const int64_t rounds = (all + most * threads_ - 1) / (most * threads_);
    count_ = std::min(all, rounds * threads_);
  }

  int64_t largest() const { return (all_ + count_ - 1) / count_; }

  // Calls body(from, to, thread) for each, handed out one by one.
  template <typename Body>
  void for_each(const Body& body) const {
    bfloat16::for_each(count_, [&](int64_t share, int64_t thread) { body(begin(share), begin(share + 1), thread); });
  }

  // Calls body(from, to, thread, is_first) for each, is_first for a thread's first. A thread has always the same ones, so that what it sums up comes
  // out the same in each run.
  template <typename Body>
  void for_each_own(const Body& body) const {
    at::parallel_for(0, threads_, 1, [&](int64_t first, int64_t last) {
      for (int64_t thread = first; thread < last; thread++) {
        for (int64_t share = thread; share < count_; share += threads_) body(begin(share), begin(share + 1), thread, share == thread);
      }
    });
  }

  // Adds up what the threads have summed up so, each size numbers: count of them from first on, in place of the first thread's.
  const float* total(float* sums, int64_t size, int64_t first, int64_t count) const {
    float* const total = sums + first;
    for (int64_t thread = 1; thread < std::min(threads_, count_); thread++) {
      for (int64_t i = 0; i < count; i++) total[i] += total[thread * size + i];
    }
    return total;
  }

 private:
  int64_t begin(int64_t share) const { return all_ * share / count_; }

  int64_t threads_, all_, count_;
};

}  // namespace fovea::bfloat16
