#include "blocks.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace fovea {
namespace {

constexpr size_t kMapped = size_t{1} << 20;
constexpr size_t kHugePage = size_t{2} << 20;
constexpr int64_t kSlack = int64_t{64} << 20;
constexpr size_t kMost = size_t{1} << 48;  // more than the addresses a process has

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

}  // namespace

void* BlockStore::take(size_t bytes) {
  if (bytes > kMost) return nullptr;
  const int wanted = class_of(bytes + sizeof(Block));
  const auto size = static_cast<int64_t>(size_of(wanted));
  std::vector<Block*> evicted;
  Block* block = nullptr;
  int64_t peak_before = 0;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    peak_before = figures_.peak;
    // A block up to a quarter larger will do.
    for (int c = wanted; c < std::min(wanted + 3, kClasses) && block == nullptr; c++) block = classes_[c];
    if (block != nullptr) unlink(block);
    figures_.in_use += block != nullptr ? static_cast<int64_t>(block->size) : size;
    figures_.peak = std::max(figures_.peak, figures_.in_use);
    evict(evicted, limit());
  }
  for (Block* each : evicted) free_block(each);
  if (block != nullptr) return block->data();

  block = new_block(size_of(wanted));
  if (block == nullptr) {
    give_back();
    block = new_block(size_of(wanted));
  }
  if (block == nullptr) {
    std::lock_guard<std::mutex> lock(mutex_);
    figures_.in_use -= size;
    figures_.peak = std::max(peak_before, figures_.in_use);  // what was refused is no peak
    return nullptr;
  }
  block->size = size_of(wanted);
  block->size_class = wanted;
  return block->data();
}

void BlockStore::give(Block* block) {
  std::vector<Block*> evicted;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    figures_.in_use -= static_cast<int64_t>(block->size);
    link(block);
    evict(evicted, limit());
  }
  for (Block* each : evicted) free_block(each);
}

void BlockStore::give_back() {
  std::vector<Block*> evicted;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    evict(evicted, 0);
  }
  for (Block* each : evicted) free_block(each);
}

void BlockStore::trim() {
  give_back();
  std::lock_guard<std::mutex> lock(mutex_);
  figures_.peak = figures_.in_use;
}

fovea_memory BlockStore::figures() {
  std::lock_guard<std::mutex> lock(mutex_);
  return figures_;
}

int64_t BlockStore::limit() const { return figures_.peak + figures_.peak / 2 + kSlack; }

void BlockStore::link(Block* block) {
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

void BlockStore::unlink(Block* block) {
  (block->previous != nullptr ? block->previous->next : classes_[block->size_class]) = block->next;
  if (block->next != nullptr) block->next->previous = block->previous;
  (block->newer != nullptr ? block->newer->older : newest_) = block->older;
  (block->older != nullptr ? block->older->newer : oldest_) = block->newer;
  figures_.kept -= static_cast<int64_t>(block->size);
}

// The kernel takes its time over large blocks, so they are freed by the caller, after the lock.
void BlockStore::evict(std::vector<Block*>& evicted, int64_t most) {
  while (oldest_ != nullptr && figures_.in_use + figures_.kept > most) {
    evicted.push_back(oldest_);
    unlink(oldest_);
  }
}

}  // namespace fovea
