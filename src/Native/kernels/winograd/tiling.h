// How images are cut into tiles.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>

namespace fovea::winograd {

struct Tiling {
  int64_t images, height, width, padding;  // of the input
  int64_t result_height = height + 2 * padding - 2, result_width = width + 2 * padding - 2;
  int64_t rows = (result_height + 1) / 2, columns = (result_width + 1) / 2;

  int64_t tiles() const { return images * rows * columns; }
};

// A tile's first pixel in the result.
struct Corner {
  int64_t image, y, x;

  Corner(const Tiling& tiling, int64_t tile)
      : image(tile / tiling.columns / tiling.rows), y(tile / tiling.columns % tiling.rows * 2), x(tile % tiling.columns * 2) {}

  void go_on(const Tiling& tiling) {
    if ((x += 2) < tiling.result_width) return;
    x = 0;
    if ((y += 2) < tiling.result_height) return;
    y = 0;
    image++;
  }
};

// Images (N, height, width, channels) of bfloat16.
struct Pictures {
  const uint16_t* data;
  int64_t height, width, channels;
  const uint16_t* zeros;  // as many as channels, in place of a pixel outside

  // Where size x size pixels from (y, x) on lie.
  void find(int64_t image, int64_t y, int64_t x, int64_t size, const uint16_t** pixels) const {
    for (int64_t i = y; i < y + size; i++) {
      for (int64_t j = x; j < x + size; j++) {
        const bool inside = i >= 0 && i < height && j >= 0 && j < width;
        *pixels++ = inside ? data + ((image * height + i) * width + j) * channels : zeros;
      }
    }
  }
};

inline at::Tensor zeros_for(int64_t channels) { return at::zeros({channels}, at::kShort); }

template <typename Scalar>
Scalar* data_of(const at::Tensor& tensor) {
  return static_cast<Scalar*>(tensor.data_ptr());
}

// Memory for several arrays in a row, in whole huge pages: spread over small ones they would crowd each other out of the second-level cache.
class Room {
 public:
  explicit Room(int64_t bytes) : memory_(at::empty({(bytes + kHugePage - 1) / kHugePage * kHugePage}, at::kByte)), next_(data_of<char>(memory_)) {}

  template <typename Scalar>
  Scalar* take(int64_t count) {
    return reinterpret_cast<Scalar*>(std::exchange(next_, next_ + count * static_cast<int64_t>(sizeof(Scalar))));
  }

 private:
  static constexpr int64_t kHugePage = 2 << 20;

  at::Tensor memory_;
  char* next_;
};

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

// Calls body with the taps of a weight, float32 or bfloat16.
template <typename Body>
void for_taps(const at::Tensor& weight, const Body& body) {
  weight.scalar_type() == at::kFloat ? body(data_of<float>(weight)) : body(data_of<uint16_t>(weight));
}

}  // namespace fovea::winograd
