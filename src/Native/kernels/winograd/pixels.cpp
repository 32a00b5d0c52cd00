// The result, and the input's gradient: the same, with the weight's taps turned around and its axes exchanged.
#include <ATen/ATen.h>

#include <algorithm>

#include "bfloat16.h"
#include "kernels/bfloat16/multiply.h"
#include "kernels/bfloat16/sharing.h"
#include "tiling.h"
#include "transforms.h"

namespace fovea::winograd {
namespace {

// Bytes of a thread's transformed tiles: what leaves room for a part of the weight in half a MiB of second-level cache.
constexpr int64_t kBlockBytes = 384 << 10;

// Between the points of a matrix: with a multiple of a page all points of a tile would share a few lines of the cache.
int64_t apart(int64_t rows, int64_t columns) { return rows * columns + 2 * kVector; }

struct Convolution {
  Tiling tiling;
  Pictures input;
  int64_t filters;
  const float* bias;
  uint16_t* result;

  int64_t pairs() const { return input.channels / 2; }
};

// Up to 32 filters. Their part of the weight is (points, panels, pairs, 16).
struct Part {
  int64_t first, filters;

  Part(const Convolution& c, int64_t index) : first(index * kMost), filters(std::min(kMost, c.filters - first)) {}

  static constexpr int64_t kMost = 2 * kVector;
  static int64_t parts(const Convolution& c) { return (c.filters + kMost - 1) / kMost; }
  static int64_t size(const Convolution& c) { return kPoints * kMost * c.pairs(); }
};

// To pair 0 of the part's panel number panel at a point.
uint32_t* panel_at(uint32_t* part, int64_t point, int64_t panels, int64_t panel, int64_t pairs) { return part + (point * panels + panel) * pairs * kVector; }

template <typename Scalar>
FOVEA_BFLOAT16 void transform_filters(const Scalar* weight, int64_t channels, const Part& part, uint32_t* to) {
  alignas(64) uint16_t transformed[kPoints][kVector][kVector];
  const int64_t panels = part.filters / kVector, pairs = channels / 2;
  for (int64_t panel = 0; panel < panels; panel++) {
    const Scalar* filters = weight + (part.first + panel * kVector) * 9 * channels;
    for (int64_t channel = 0; channel < channels; channel += kVector) {
      for (int64_t n = 0; n < kVector; n++) {
        __m512 points[kPoints];
        transform_filter(filters + n * 9 * channels + channel, channels, points);
#pragma GCC unroll 16
        for (int64_t p = 0; p < kPoints; p++) put(transformed[p][n], points[p]);
      }
      for (int64_t p = 0; p < kPoints; p++) {
        transpose_pairs(reinterpret_cast<const uint32_t*>(transformed[p]), panel_at(to, p, panels, panel, pairs) + channel / 2 * kVector);
      }
    }
  }
}

// Of the turned weight, whose filters are the weight's channels.
template <typename Scalar>
FOVEA_BFLOAT16 void transform_turned_filters(const Scalar* weight, int64_t channels, int64_t filters, const Part& part, uint32_t* to) {
  constexpr int64_t turned[] = {3, 1, 2, 0};
  const int64_t panels = part.filters / kVector, pairs = filters / 2;
  for (int64_t pair = 0; pair < pairs; pair++) {
    for (int64_t panel = 0; panel < panels; panel++) {
      __m512 first[kPoints], second[kPoints];
      const Scalar* taps = weight + 2 * pair * 9 * channels + part.first + panel * kVector;
      transform_filter(taps, channels, first);
      transform_filter(taps + 9 * channels, channels, second);
#pragma GCC unroll 16
      for (int64_t p = 0; p < kPoints; p++) {
        put_pairs(panel_at(to, turned[p / 4] * 4 + turned[p % 4], panels, panel, pairs) + pair * kVector, first[p], second[p]);
      }
    }
  }
}

// Tiles first to first + count.
struct Block {
  int64_t first, count;
};

// Transformed tiles, (points, tiles, channels); step: from point to point.
struct Tiles {
  uint16_t* data;
  int64_t step;
};

FOVEA_BFLOAT16 void transform_tiles(const Convolution& c, const Block& block, const Tiles& tiles) {
  const int64_t channels = c.input.channels;
  Corner corner(c.tiling, block.first);
  for (int64_t t = 0; t < block.count; t++, corner.go_on(c.tiling)) {
    const uint16_t* pixels[kPoints];
    c.input.find(corner.image, corner.y - c.tiling.padding, corner.x - c.tiling.padding, 4, pixels);
    for (int64_t channel = 0; channel < channels; channel += kVector) {
      __m512 points[kPoints];
      transform_input(pixels, channel, points);
#pragma GCC unroll 16
      for (int64_t p = 0; p < kPoints; p++) put(tiles.data + p * tiles.step + t * channels + channel, points[p]);
    }
  }
}

// Of a part's filters, from their products (points, tiles, filters).
FOVEA_BFLOAT16 void write_pixels(const Convolution& c, const Block& block, const Part& part, const float* products) {
  const int64_t height = c.tiling.result_height, width = c.tiling.result_width, step = apart(block.count, part.filters);
  Corner corner(c.tiling, block.first);
  for (int64_t t = 0; t < block.count; t++, corner.go_on(c.tiling)) {
    for (int64_t n = 0; n < part.filters; n += kVector) {
      __m512 pixels[4];
      transform_product(products + t * part.filters + n, step, pixels);
      const __m512 bias = c.bias != nullptr ? wide(c.bias + part.first + n) : _mm512_setzero_ps();
#pragma GCC unroll 4
      for (int64_t q = 0; q < 4; q++) {
        const int64_t y = corner.y + q / 2, x = corner.x + q % 2;
        if (y < height && x < width) put(c.result + ((corner.image * height + y) * width + x) * c.filters + part.first + n, _mm512_add_ps(pixels[q], bias));
      }
    }
  }
}

// A block's pixels of a part's filters; products has room for (points, tiles, 32).
void convolve(const Convolution& c, const Block& block, const Tiles& tiles, const Part& part, const uint32_t* weight, float* products) {
  const int64_t channels = c.input.channels, panels = part.filters / kVector, groups = (block.count + kMostRows - 1) / kMostRows;
  for (int64_t p = 0; p < kPoints; p++) {
    const Right right{weight + p * panels * c.pairs() * kVector, c.pairs() * kVector, static_cast<int>(panels)};
    for (int64_t g = 0; g < groups; g++) {
      const int64_t row = block.count * g / groups, rows = block.count * (g + 1) / groups - row;
      const Left left{reinterpret_cast<const uint32_t*>(tiles.data + p * tiles.step + row * channels), c.pairs(), 1};
      multiply(left, right, rows, c.pairs(), false, products + p * apart(block.count, part.filters) + row * part.filters, part.filters);
    }
  }
  write_pixels(c, block, part, products);
}

// Many tiles: the whole weight is transformed once, and each thread takes tiles block by block.
template <typename Transform>
void convolve_by_tiles(const Convolution& c, const Transform& transform) {
  const int64_t tiles = c.tiling.tiles(), channels = c.input.channels, threads = at::get_num_threads(), parts = Part::parts(c);
  const int64_t most = std::max(kMostRows, kBlockBytes / (2 * kPoints * channels) / kMostRows * kMostRows);
  const Shares shares(tiles, most);
  const int64_t step = apart(shares.largest(), channels), size = kPoints * apart(shares.largest(), Part::kMost);
  Room room(4 * parts * Part::size(c) + threads * (2 * kPoints * step + 4 * size));
  auto* const weight = room.take<uint32_t>(parts * Part::size(c));
  auto* const transformed = room.take<uint16_t>(threads * kPoints * step);
  auto* const products = room.take<float>(threads * size);

  for_each(parts, [&](int64_t part, int64_t) { transform(Part(c, part), weight + part * Part::size(c)); });
  shares.for_each([&](int64_t from, int64_t to, int64_t thread) {
    const Block block{from, to - from};
    const Tiles own{transformed + thread * kPoints * step, step};
    transform_tiles(c, block, own);
    for (int64_t part = 0; part < parts; part++) convolve(c, block, own, Part(c, part), weight + part * Part::size(c), products + thread * size);
  });
}

// Few tiles: all are transformed once, and each thread takes filters part by part, whose transformed weight then never leaves its cache.
template <typename Transform>
void convolve_by_filters(const Convolution& c, const Transform& transform) {
  constexpr int64_t most = 4 * kMostRows;
  const int64_t tiles = c.tiling.tiles(), channels = c.input.channels, threads = at::get_num_threads();
  const Tiles all{nullptr, apart(tiles, channels)};
  const int64_t size = kPoints * apart(std::min(most, tiles), Part::kMost);
  Room room(2 * kPoints * all.step + threads * 4 * (Part::size(c) + size));
  auto* const transformed = room.take<uint16_t>(kPoints * all.step);
  auto* const weight = room.take<uint32_t>(threads * Part::size(c));
  auto* const products = room.take<float>(threads * size);
  const auto from = [&](int64_t tile) { return Tiles{transformed + tile * channels, all.step}; };

  for_each((tiles + kMostRows - 1) / kMostRows, [&](int64_t group, int64_t) {
    const int64_t first = group * kMostRows;
    transform_tiles(c, {first, std::min(kMostRows, tiles - first)}, from(first));
  });
  for_each(Part::parts(c), [&](int64_t index, int64_t thread) {
    const Part part(c, index);
    uint32_t* const own = weight + thread * Part::size(c);
    transform(part, own);
    for (int64_t tile = 0; tile < tiles; tile += most) {
      convolve(c, {tile, std::min(most, tiles - tile)}, from(tile), part, own, products + thread * size);
    }
  });
}

// transform(part, to) gives a part of the transformed weight.
template <typename Transform>
at::Tensor convolved(const at::Tensor& input, int64_t filters, const at::Tensor& bias, int64_t padding, const Transform& transform) {
  const Tiling tiling{input.size(0), input.size(2), input.size(3), padding};
  const int64_t channels = input.size(1);
  at::Tensor result = at::empty({tiling.images, filters, tiling.result_height, tiling.result_width}, input.options(), at::MemoryFormat::ChannelsLast);
  const Convolution c{tiling,
                      {data_of<uint16_t>(input), tiling.height, tiling.width, channels, zeros_for(channels)},
                      filters,
                      bias.defined() ? data_of<float>(bias) : nullptr,
                      data_of<uint16_t>(result)};
  tiling.tiles() < filters ? convolve_by_filters(c, transform) : convolve_by_tiles(c, transform);
  return result;
}

}  // namespace

at::Tensor forward(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, int64_t padding) {
  return convolved(input, weight.size(0), bias, padding, [&](const Part& part, uint32_t* to) {
    for_taps(weight, [&](const auto* taps) { transform_filters(taps, weight.size(1), part, to); });
  });
}

at::Tensor of_input(const at::Tensor& gradient, const at::Tensor& weight, int64_t padding) {
  return convolved(gradient, weight.size(1), {}, 2 - padding, [&](const Part& part, uint32_t* to) {
    for_taps(weight, [&](const auto* taps) { transform_turned_filters(taps, weight.size(1), weight.size(0), part, to); });
  });
}

}  // namespace fovea::winograd
