// How images are cut into tiles.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "kernels/bfloat16/memory.h"

namespace fovea::winograd {

using namespace bfloat16;

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

}  // namespace fovea::winograd
