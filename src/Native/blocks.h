// Memory of tensors above 1 KiB; see allocator.cpp.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "fovea.h"

namespace fovea {

constexpr size_t kAlignment = 64;  // what LibTorch promises its kernels: a cache line, an AVX512 register

// Lies before the data.
struct alignas(kAlignment) Block {
  size_t size;  // with this header; 0: a small block, which is none of the store's
  int size_class;
  Block *next, *previous;  // of its class
  Block *newer, *older;    // of all that are kept

  void* data() { return this + 1; }
  static Block* of(void* data) { return static_cast<Block*>(data) - 1; }
};
static_assert(sizeof(Block) == kAlignment, "the data must stay aligned");

class BlockStore {
 public:
  void* take(size_t bytes);  // null: there is no memory
  void give(Block* block);
  void trim();               // gives everything kept back to the kernel, and forgets the peak
  fovea_memory figures();

 private:
  static constexpr int kClasses = 8 * 48;

  int64_t limit() const;
  void link(Block* block);
  void unlink(Block* block);
  void evict(std::vector<Block*>& evicted, int64_t most);
  void give_back();

  std::mutex mutex_;
  Block* classes_[kClasses] = {};
  Block* newest_ = nullptr;
  Block* oldest_ = nullptr;
  fovea_memory figures_{};
};

}  // namespace fovea
