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
// What is kept is bounded by what was needed: memory in use and kept together stay below the peak in use plus a half;
// above that the blocks unused for longest go back to the kernel.
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <vector>

#include "guard.h"
#include "runtime.h"

namespace fovea {
namespace {

constexpr size_t kAlignment = 64;        // what LibTorch promises its kernels: a cache line, an AVX512 register
constexpr size_t kSmall = 1024;          // data bytes
constexpr size_t kMapped = size_t{1} << 20;
constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kSlab = size_t{64} << 10;
constexpr size_t kThreadBlocks = 64;     // of one size, kept by one thread
constexpr size_t kSlack = size_t{64} << 20;
constexpr int kSmallClasses = kSmall / kAlignment;
constexpr int kClasses = 8 * 48;
constexpr size_t kMost = size_t{1} << 48;  // more than the addresses a process has

// Lies before the data.
struct alignas(kAlignment) Block {
  size_t size;  // with this header; 0: a small block
  int size_class;
  Block *next, *previous;  // of its class
  Block *newer, *older;    // of all that are kept

  void* data() { return this + 1; }
  static Block* of(void* data) { return static_cast<Block*>(data) - 1; }
};
static_assert(sizeof(Block) == kAlignment, "the data must stay aligned");

// Eight classes to a doubling. The size of class c is (8 + c % 8) << (c / 8).
int class_of(size_t size) {
  const int exponent = std::max(63 - __builtin_clzll(size) - 3, 0);
  const size_t step = size_t{1} << exponent, rounded = (size + step - 1) >> exponent;  // 8 .. 16
  return 8 * exponent + static_cast<int>(rounded) - 8;
}

size_t size_of(int size_class) { return static_cast<size_t>(8 + size_class % 8) << (size_class / 8); }

Block* map_block(size_t size) {
  // A huge page begins at a multiple of its size, so as much more is asked for and the ends are given back.
  const size_t extra = size >= kHugePage ? kHugePage : 0;
  void* mapped = mmap(nullptr, size + extra, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  auto* begin = static_cast<char*>(mapped);
  if (extra == 0) return reinterpret_cast<Block*>(begin);
  char* aligned = reinterpret_cast<char*>((reinterpret_cast<uintptr_t>(begin) + extra - 1) / extra * extra);
  if (aligned > begin) munmap(begin, static_cast<size_t>(aligned - begin));
  const size_t tail = static_cast<size_t>(begin + size + extra - (aligned + size));
  if (tail > 0) munmap(aligned + size, tail);
  madvise(aligned, size, MADV_HUGEPAGE);
  return reinterpret_cast<Block*>(aligned);
}

Block* new_block(size_t size) {
  if (size >= kMapped) return map_block(size);
  void* memory = nullptr;
  return posix_memalign(&memory, kAlignment, size) == 0 ? static_cast<Block*>(memory) : nullptr;
}

void free_block(Block* block) {
  if (block->size >= kMapped) {
    munmap(block, block->size);
  } else {
    std::free(block);
  }
}

// Blocks above kSmall.
class Store {
 public:
  void* take(size_t bytes) {
    if (bytes > kMost) return nullptr;
    const int wanted = class_of(bytes + sizeof(Block));
    std::vector<Block*> evicted;
    Block* block = nullptr;
    int64_t peak_before = 0;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      peak_before = figures_.peak;
      // A block up to a quarter larger will do.
      for (int c = wanted; c < std::min(wanted + 3, kClasses) && block == nullptr; c++) block = classes_[c];
      if (block != nullptr) {
        unlink(block);
        figures_.in_use += static_cast<int64_t>(block->size);
      } else {
        figures_.in_use += static_cast<int64_t>(size_of(wanted));
      }
      figures_.peak = std::max(figures_.peak, figures_.in_use);
      evict(evicted, limit());
    }
    for (Block* each : evicted) free_block(each);
    if (block != nullptr) return block->data();

    block = new_block(size_of(wanted));
    if (block == nullptr) {
      trim();
      block = new_block(size_of(wanted));
    }
    if (block == nullptr) {
      std::lock_guard<std::mutex> lock(mutex_);
      figures_.in_use -= static_cast<int64_t>(size_of(wanted));
      figures_.peak = std::max(peak_before, figures_.in_use);  // what was refused is no peak
      return nullptr;
    }
    block->size = size_of(wanted);
    block->size_class = wanted;
    return block->data();
  }

  void give(Block* block) {
    std::vector<Block*> evicted;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      figures_.in_use -= static_cast<int64_t>(block->size);
      link(block);
      evict(evicted, limit());
    }
    for (Block* each : evicted) free_block(each);
  }

  // Gives everything kept back to the kernel.
  void trim() {
    std::vector<Block*> evicted;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      evict(evicted, 0);
    }
    for (Block* each : evicted) free_block(each);
  }

  void forget_peak() {
    std::lock_guard<std::mutex> lock(mutex_);
    figures_.peak = figures_.in_use;
  }

  fovea_memory figures() {
    std::lock_guard<std::mutex> lock(mutex_);
    return figures_;
  }

 private:
  int64_t limit() const { return figures_.peak + figures_.peak / 2 + static_cast<int64_t>(kSlack); }

  void link(Block* block) {
    Block*& first = classes_[block->size_class];
    block->previous = nullptr;
    block->next = first;
    if (first != nullptr) first->previous = block;
    first = block;
    block->newer = nullptr;
    block->older = newest_;
    (newest_ != nullptr ? newest_->newer : oldest_) = block;
    newest_ = block;
    figures_.kept += static_cast<int64_t>(block->size);
  }

  void unlink(Block* block) {
    (block->previous != nullptr ? block->previous->next : classes_[block->size_class]) = block->next;
    if (block->next != nullptr) block->next->previous = block->previous;
    (block->newer != nullptr ? block->newer->older : newest_) = block->older;
    (block->older != nullptr ? block->older->newer : oldest_) = block->newer;
    figures_.kept -= static_cast<int64_t>(block->size);
  }

  // The kernel takes its time over large blocks, so they are freed by the caller, after the lock.
  void evict(std::vector<Block*>& evicted, int64_t most) {
    while (oldest_ != nullptr && figures_.in_use + figures_.kept > most) {
      evicted.push_back(oldest_);
      unlink(oldest_);
    }
  }

  std::mutex mutex_;
  Block* classes_[kClasses] = {};
  Block* newest_ = nullptr;
  Block* oldest_ = nullptr;
  fovea_memory figures_{};
};

Store& store() {
  static auto* const only = new Store();  // never destroyed: tensors may outlive every static
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
    store().forget_peak();
    store().trim();
    malloc_trim(0);
  });
}
