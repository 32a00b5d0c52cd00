// The result, and the input's gradient: the same, with the weight's taps turned around and its axes exchanged.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

#include "multiply.h"
#include "runtime.h"
#include "tiling.h"
#include "transforms.h"
#include "winograd.h"

namespace fovea::winograd {
namespace {

// Bytes of a thread's transformed tiles: what leaves room for a panel of the weight in half a MiB of second-level cache.
constexpr int64_t kBlockBytes = 384 << 10;

// Between the points of a matrix: with a multiple of a page all points of a tile would share a few lines of the cache.
int64_t apart(int64_t rows, int64_t columns) { return rows * columns + 2 * kVector; }

// A weight in panels of 16 filters: (points, filters/16, channels/2, 16).
template <typename Scalar>
FOVEA_BFLOAT16 void transform_filters(const Scalar* weight, int64_t channels, int64_t filters, int64_t panel, uint32_t* to) {
  alignas(64) uint16_t transformed[kPoints][kVector][kVector];
  for (int64_t channel = 0; channel < channels; channel += kVector) {
    for (int64_t n = 0; n < kVector; n++) {
      __m512 points[kPoints];
      transform_filter(weight + (panel * kVector + n) * 9 * channels + channel, channels, points);
#pragma GCC unroll 16
      for (int64_t p = 0; p < kPoints; p++) put(transformed[p][n], points[p]);
    }
    for (int64_t p = 0; p < kPoints; p++) {
      transpose_pairs(reinterpret_cast<const uint32_t*>(transformed[p]), to + (p * filters + panel * kVector) * channels / 2 + channel / 2 * kVector);
    }
  }
}

// The turned weight in panels of 16 channels: (points, channels/16, filters/2, 16).
template <typename Scalar>
FOVEA_BFLOAT16 void transform_turned_filters(const Scalar* weight, int64_t channels, int64_t filters, int64_t panel, uint32_t* to) {
  constexpr int64_t turned[] = {3, 1, 2, 0};
  for (int64_t filter = 0; filter < filters; filter += 2) {
    __m512 first[kPoints], second[kPoints];
    const Scalar* taps = weight + filter * 9 * channels + panel * kVector;
    transform_filter(taps, channels, first);
    transform_filter(taps + 9 * channels, channels, second);
#pragma GCC unroll 16
    for (int64_t p = 0; p < kPoints; p++) {
      const int64_t q = turned[p / 4] * 4 + turned[p % 4];
      put_pairs(to + (q * channels + panel * kVector) * filters / 2 + filter / 2 * kVector, first[p], second[p]);
    }
  }
}

struct Convolution {
  Tiling tiling;
  Pictures input;
  int64_t filters;
  const uint32_t* weight;
  const float* bias;
  uint16_t* result;
};

// Tiles first to first + count.
struct Block {
  int64_t first, count;
};

FOVEA_BFLOAT16 void transform_tiles(const Convolution& c, const Block& block, uint16_t* to) {
  const int64_t channels = c.input.channels, step = apart(block.count, channels);
  Corner corner(c.tiling, block.first);
  for (int64_t t = 0; t < block.count; t++, corner.go_on(c.tiling)) {
    const uint16_t* pixels[kPoints];
    c.input.find(corner.image, corner.y - c.tiling.padding, corner.x - c.tiling.padding, 4, pixels);
    for (int64_t channel = 0; channel < channels; channel += kVector) {
      __m512 points[kPoints];
      transform_input(pixels, channel, points);
#pragma GCC unroll 16
      for (int64_t p = 0; p < kPoints; p++) put(to + p * step + t * channels + channel, points[p]);
    }
  }
}

// Of filters first to first + width, from their products (points, tiles, width).
FOVEA_BFLOAT16 void write_pixels(const Convolution& c, const Block& block, int64_t first, int64_t width, const float* products) {
  const int64_t height = c.tiling.result_height, columns = c.tiling.result_width, step = apart(block.count, width);
  Corner corner(c.tiling, block.first);
  for (int64_t t = 0; t < block.count; t++, corner.go_on(c.tiling)) {
    for (int64_t n = 0; n < width; n += kVector) {
      __m512 pixels[4];
      transform_product(products + t * width + n, step, pixels);
      const __m512 bias = c.bias != nullptr ? wide(c.bias + first + n) : _mm512_setzero_ps();
#pragma GCC unroll 4
      for (int64_t q = 0; q < 4; q++) {
        const int64_t y = corner.y + q / 2, x = corner.x + q % 2;
        if (y < height && x < columns) put(c.result + ((corner.image * height + y) * columns + x) * c.filters + first + n, _mm512_add_ps(pixels[q], bias));
      }
    }
  }
}

// tiles has room for (points, count, channels), products for (points, count, 32).
void convolve(const Convolution& c, const Block& block, uint16_t* tiles, float* products) {
  transform_tiles(c, block, tiles);
  const int64_t channels = c.input.channels, pairs = channels / 2, count = block.count, groups = (count + kMostRows - 1) / kMostRows;
  for (int64_t filter = 0; filter < c.filters; filter += 2 * kVector) {
    const int64_t width = std::min(2 * kVector, c.filters - filter);
    for (int64_t p = 0; p < kPoints; p++) {
      const Right right{c.weight + (p * c.filters + filter) * pairs, pairs * kVector, static_cast<int>(width / kVector)};
      for (int64_t g = 0; g < groups; g++) {
        const int64_t row = count * g / groups, rows = count * (g + 1) / groups - row;
        const Left left{reinterpret_cast<const uint32_t*>(tiles + p * apart(count, channels) + row * channels), pairs, 1};
        multiply(left, right, rows, pairs, false, products + p * apart(count, width) + row * width, width);
      }
    }
    write_pixels(c, block, filter, width, products);
  }
}

// Calls transform(to, panel) for each panel of the weight, and then convolves.
template <typename Transform>
at::Tensor convolved(const at::Tensor& input, int64_t filters, const at::Tensor& bias, int64_t padding, const Transform& transform) {
  const Tiling tiling{input.size(0), input.size(2), input.size(3), padding};
  const int64_t channels = input.size(1), tiles = tiling.tiles(), threads = at::get_num_threads();
  const int64_t most = std::max(kMostRows, kBlockBytes / (2 * kPoints * channels) / kMostRows * kMostRows);
  const int64_t rounds = (tiles + most * threads - 1) / (most * threads), blocks = std::min(tiles, rounds * threads), largest = (tiles + blocks - 1) / blocks;

  const int64_t panels = kPoints * filters * channels / 2, transformed = kPoints * apart(largest, channels), products = kPoints * apart(largest, 2 * kVector);
  Room room(4 * panels + threads * (2 * transformed + 4 * products));
  auto* const weight = room.take<uint32_t>(panels);
  auto* const all_transformed = room.take<uint16_t>(threads * transformed);
  auto* const all_products = room.take<float>(threads * products);
  at::parallel_for(0, filters / kVector, 1, [&](int64_t begin, int64_t end) {
    for (int64_t panel = begin; panel < end; panel++) transform(panel, weight);
  });

  const at::Tensor zeros = zeros_for(channels);
  at::Tensor result = at::empty({tiling.images, filters, tiling.result_height, tiling.result_width}, input.options(), at::MemoryFormat::ChannelsLast);
  const Convolution c{tiling,
                      {data_of<uint16_t>(input), tiling.height, tiling.width, channels, data_of<uint16_t>(zeros)},
                      filters,
                      weight,
                      bias.defined() ? data_of<float>(bias) : nullptr,
                      data_of<uint16_t>(result)};
  at::parallel_for(0, blocks, 1, [&](int64_t begin, int64_t end) {
    const int64_t thread = at::get_thread_num();
    for (int64_t b = begin; b < end; b++) {
      const int64_t first = tiles * b / blocks, count = tiles * (b + 1) / blocks - first;
      convolve(c, {first, count}, all_transformed + thread * transformed, all_products + thread * products);
    }
  });
  return result;
}

}  // namespace

bool is_fast() {
  static const bool fast = has_avx512() && __builtin_cpu_supports("avx512bf16") && !__builtin_cpu_supports("amx-bf16");
  return fast;
}

at::Tensor forward(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, int64_t padding) {
  const int64_t filters = weight.size(0), channels = weight.size(1);
  return convolved(input, filters, bias, padding, [&](int64_t panel, uint32_t* to) {
    for_taps(weight, [&](const auto* taps) { transform_filters(taps, channels, filters, panel, to); });
  });
}

at::Tensor of_input(const at::Tensor& gradient, const at::Tensor& weight, int64_t padding) {
  const int64_t filters = weight.size(0), channels = weight.size(1);
  return convolved(gradient, channels, {}, 2 - padding, [&](int64_t panel, uint32_t* to) {
    for_taps(weight, [&](const auto* taps) { transform_turned_filters(taps, channels, filters, panel, to); });
  });
}

}  // namespace fovea::winograd
