#pragma once

#include <atomic>

namespace fovea {

// OpenMP keeps its thread count per calling thread. A thread whose generation is behind takes the process's count.
extern std::atomic<int> thread_generation;
void take_thread_count(int generation);

// seen: the generation the calling thread took last.
inline void follow_thread_count(int& seen) {
  const int generation = thread_generation.load(std::memory_order_relaxed);
  if (__builtin_expect(seen != generation, 0)) {
    take_thread_count(generation);
    seen = generation;
  }
}

void follow_thread_count();

// Cores the process may use: its affinity, cut by its cgroup's quota; at least 1.
int available_cores();

// What LibTorch's AVX512 kernels were compiled for, and that the system saves those registers.
bool has_avx512();

// A function of one of the libraries that LibTorch's own brought in, wherever those lie; NULL where none has it.
void* find_beside_torch(const char* name);

// Keeps freed tensor memory with the process; see allocator.cpp.
void keep_tensor_memory();

}  // namespace fovea
