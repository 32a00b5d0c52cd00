// Keeps freed tensor memory for the next tensor.
//
// A training step frees all its activations and asks for the same sizes again in the next one. glibc gives large blocks
// back to the kernel (always above 32 MiB, and by trimming its heap below), which then hands out zeroed pages one fault at
// a time. Settings of mallopt cannot cure it: the threshold has that upper bound. So tensors get an allocator of their
// own, registered with LibTorch:
//
//   up to 1 KiB    lists of each thread, without a lock
//   above          lists by size class (eight to a doubling, so at most an eighth is lost), under one lock
//   from 1 MiB     straight from the kernel, on huge pages where it grants them
//
// What is kept is bounded by what was needed: memory in use and kept together stay below one and a half times the peak in
// use, and 64 MiB; above that the blocks unused for longest go back to the kernel.
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "blocks.h"
#include "guard.h"
#include "runtime.h"

namespace fovea {
namespace {

constexpr size_t kSmall = 1024;          // data bytes
constexpr size_t kSlab = size_t{64} << 10;
constexpr size_t kThreadBlocks = 64;     // of one size, kept by one thread
constexpr int kSmallClasses = kSmall / kAlignment;

BlockStore& store() {
  static auto* const only = new BlockStore();  // never destroyed: tensors may outlive every static
  return *only;
}

// Small blocks that no thread keeps. They come from slabs that stay for good.
class SmallStore {
 public:
  // A list of up to count blocks of a class.
  Block* take(int size_class, size_t count) {
    std::lock_guard<std::mutex> lock(mutex_);
    Block* list = nullptr;
    for (size_t i = 0; i < count; i++) {
      Block* block = free_[size_class];
      if (block != nullptr) {
        free_[size_class] = block->next;
      } else {
        block = carve(size_class);
        if (block == nullptr) break;
      }
      block->next = list;
      list = block;
    }
    return list;
  }

  void give(Block* block) {
    std::lock_guard<std::mutex> lock(mutex_);
    block->next = free_[block->size_class];
    free_[block->size_class] = block;
  }

 private:
  Block* carve(int size_class) {
    const size_t size = sizeof(Block) + kAlignment * static_cast<size_t>(size_class + 1);
    if (slab_left_ < size) {
      void* memory = nullptr;
      if (posix_memalign(&memory, kAlignment, kSlab) != 0) return nullptr;
      slab_ = static_cast<char*>(memory);
      slab_left_ = kSlab;
    }
    auto* block = reinterpret_cast<Block*>(slab_);
    slab_ += size;
    slab_left_ -= size;
    block->size = 0;
    block->size_class = size_class;
    return block;
  }

  std::mutex mutex_;
  Block* free_[kSmallClasses] = {};
  char* slab_ = nullptr;
  size_t slab_left_ = 0;
};

SmallStore& small_store() {
  static auto* const only = new SmallStore();
  return *only;
}

// Without a destructor, so that it can still be asked after the thread's other objects are gone.
struct ThreadBlocks {
  Block* free[kSmallClasses];
  size_t count[kSmallClasses];
  bool is_over;
};

thread_local ThreadBlocks thread_blocks;

// Gives a thread's blocks back when it ends.
struct ThreadEnd {
  ~ThreadEnd() {
    thread_blocks.is_over = true;
    for (Block*& list : thread_blocks.free) {
      while (list != nullptr) {
        Block* block = list;
        list = block->next;
        small_store().give(block);
      }
    }
  }
};

void* take_small(size_t bytes) {
  const int size_class = static_cast<int>((bytes - 1) / kAlignment);
  ThreadBlocks& mine = thread_blocks;
  Block* block = mine.free[size_class];
  if (block == nullptr) {
    static thread_local ThreadEnd end;
    (void)end;
    block = small_store().take(size_class, mine.is_over ? 1 : kThreadBlocks / 2);
    if (block == nullptr) return nullptr;
    for (const Block* each = block; each != nullptr; each = each->next) mine.count[size_class]++;
  }
  mine.free[size_class] = block->next;
  mine.count[size_class]--;
  return block->data();
}

void give(void* data) {
  if (data == nullptr) return;
  Block* block = Block::of(data);
  if (block->size != 0) return store().give(block);
  ThreadBlocks& mine = thread_blocks;
  if (mine.is_over || mine.count[block->size_class] >= kThreadBlocks) return small_store().give(block);
  block->next = mine.free[block->size_class];
  mine.free[block->size_class] = block;
  mine.count[block->size_class]++;
}

// LibTorch 2 has allocate() without const and copy_data() besides; each version takes the functions it knows.
class KeepingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) const { return take(bytes); }
  c10::DataPtr allocate(size_t bytes) { return take(bytes); }
  c10::DeleterFnPtr raw_deleter() const override { return &give; }
  void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }

 private:
  static c10::DataPtr take(size_t bytes) {
    void* data = nullptr;
    if (bytes > 0) {
      data = bytes <= kSmall ? take_small(bytes) : store().take(bytes);
      if (data == nullptr) throw Failure(FOVEA_OUT_OF_MEMORY, "there is no memory for a tensor of " + std::to_string(bytes) + " bytes");
    }
    return {data, data, &give, c10::Device(c10::DeviceType::CPU)};
  }
};

std::atomic<bool> keeps{false};

}  // namespace

void keep_tensor_memory() {
  static auto* const allocator = new KeepingAllocator();
  c10::SetCPUAllocator(allocator);
  // For what oneDNN and BLAS ask for on their own: as far as glibc goes.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  keeps = true;
}

}  // namespace fovea

using namespace fovea;

int fovea_get_memory(fovea_memory* out) {
  return guard([&] { *given(out, "out") = store().figures(); });
}

int fovea_trim_memory(void) {
  return guard([&] {
    if (!keeps) return;
    store().trim();
    malloc_trim(0);
  });
}
