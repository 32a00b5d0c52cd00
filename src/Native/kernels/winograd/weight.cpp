// The weight's gradient: at each point a product of the gradient's tiles and the input's, summed over all tiles.
#include <ATen/ATen.h>

#include <algorithm>

#include "multiply.h"
#include "tiling.h"
#include "transforms.h"
#include "bfloat16.h"

namespace fovea::winograd {
namespace {

// Bytes of transformed tiles that are multiplied at once.
constexpr int64_t kBytesAtOnce = 2 << 20;

constexpr int64_t kFewestTilesAtOnce = 256;

constexpr int64_t kPairsAtOnce = 8;

// What one thread computes at a time: so many filters by so many channels at so many points.
constexpr int64_t kFilters = 2 * kVector, kBlockChannels = 4 * kVector, kBlockPoints = 2, kBlock = kPoints * kFilters * kBlockChannels;

struct Correlation {
  Tiling tiling;
  Pictures input, gradient;
  int64_t across = (input.channels + kBlockChannels - 1) / kBlockChannels, down = (gradient.channels + kFilters - 1) / kFilters;

  int64_t blocks() const { return across * down; }
};

// Panels of 16 channels: (points, channels/16, apart, 16), a pair being two tiles.
struct Panels {
  uint32_t* input;
  uint32_t* gradient;
  int64_t pairs;
  int64_t apart = pairs | 1;  // with a power of two all points of a pair would share a few lines of the cache
};

// Tiles tile and tile + 1, as pair k; last has no other.
FOVEA_BFLOAT16 void transform_pair(const Correlation& c, const Panels& panels, int64_t tile, bool last, int64_t k) {
  const uint16_t *seen[2][16], *given[2][4];
  for (int64_t t = 0; t < 2; t++) {
    if (t == 0 || !last) {
      const Corner corner(c.tiling, tile + t);
      c.input.find(corner.image, corner.y - c.tiling.padding, corner.x - c.tiling.padding, 4, seen[t]);
      c.gradient.find(corner.image, corner.y, corner.x, 2, given[t]);
    } else {
      std::fill_n(seen[t], 16, c.input.zeros);
      std::fill_n(given[t], 4, c.gradient.zeros);
    }
  }
  __m512 first[kPoints], second[kPoints];
  for (int64_t channel = 0; channel < c.input.channels; channel += kVector) {
    transform_input(seen[0], channel, first);
    transform_input(seen[1], channel, second);
#pragma GCC unroll 16
    for (int64_t p = 0; p < kPoints; p++) put_pairs(panels.input + (p * c.input.channels + channel) * panels.apart + k * kVector, first[p], second[p]);
  }
  for (int64_t channel = 0; channel < c.gradient.channels; channel += kVector) {
    transform_gradient(given[0], channel, first);
    transform_gradient(given[1], channel, second);
#pragma GCC unroll 16
    for (int64_t p = 0; p < kPoints; p++) put_pairs(panels.gradient + (p * c.gradient.channels + channel) * panels.apart + k * kVector, first[p], second[p]);
  }
}

// Some filters by some channels.
struct Block {
  int64_t filter, filters, channel, channels;

  Block(const Correlation& c, int64_t index)
      : filter(index % c.down * kFilters),
        filters(std::min(kFilters, c.gradient.channels - filter)),
        channel(index / c.down * kBlockChannels),
        channels(std::min(kBlockChannels, c.input.channels - channel)) {}
};

// sums: (points, kFilters, kBlockChannels)
void add_products(const Correlation& c, const Panels& panels, const Block& block, int64_t point, int64_t points, bool adds, float* sums) {
  constexpr int64_t rows = kVector / 2;
  const int64_t panel = panels.apart * kVector;
  for (int64_t p = point; p < point + points; p++) {
    for (int64_t channel = 0; channel < block.channels; channel += 2 * kVector) {
      const Right right{panels.input + (p * c.input.channels + block.channel + channel) * panels.apart, panel, channel + kVector < block.channels ? 2 : 1};
      for (int64_t filter = 0; filter < block.filters; filter += rows) {
        const int64_t row = block.filter + filter;
        const Left left{panels.gradient + (p * c.gradient.channels + row / kVector * kVector) * panels.apart + row % kVector, 1, kVector};
        multiply(left, right, rows, panels.pairs, adds, sums + (p * kFilters + filter) * kBlockChannels + channel, kBlockChannels);
      }
    }
  }
}

template <typename Scalar>
FOVEA_BFLOAT16 void write_taps(const Block& block, const float* sums, int64_t channels, Scalar* weight) {
  for (int64_t filter = 0; filter < block.filters; filter++) {
    for (int64_t channel = 0; channel < block.channels; channel += kVector) {
      __m512 taps[9];
      transform_weight(sums + filter * kBlockChannels + channel, kFilters * kBlockChannels, taps);
      Scalar* to = weight + (block.filter + filter) * 9 * channels + block.channel + channel;
#pragma GCC unroll 9
      for (int64_t tap = 0; tap < 9; tap++) put(to + tap * channels, taps[tap]);
    }
  }
}

}  // namespace

at::Tensor of_weight(const at::Tensor& gradient, const at::Tensor& input, const at::Tensor& weight, int64_t padding) {
  const int64_t filters = weight.size(0), channels = weight.size(1);
  const Tiling tiling{input.size(0), input.size(2), input.size(3), padding};
  const at::Tensor zeros = zeros_for(std::max(filters, channels));
  const Correlation c{tiling,
                      {data_of<uint16_t>(input), tiling.height, tiling.width, channels, data_of<uint16_t>(zeros)},
                      {data_of<uint16_t>(gradient), tiling.result_height, tiling.result_width, filters, data_of<uint16_t>(zeros)}};

  const int64_t tiles = tiling.tiles(), at_once = std::max(kFewestTilesAtOnce, kBytesAtOnce / (2 * kPoints * (filters + channels)));
  const int64_t rounds = (tiles + at_once - 1) / at_once, most = ((tiles + rounds - 1) / rounds + 1) / 2 | 1;
  const int64_t kept = rounds == 1 ? at::get_num_threads() : c.blocks();
  Room room(4 * (kPoints * (channels + filters) * most + kept * kBlock));
  auto* const inputs = room.take<uint32_t>(kPoints * channels * most);
  auto* const gradients = room.take<uint32_t>(kPoints * filters * most);
  auto* const sums = room.take<float>(kept * kBlock);
  at::Tensor result = at::empty(weight.sizes(), weight.options(), at::MemoryFormat::ChannelsLast);
  for (int64_t r = 0; r < rounds; r++) {
    const int64_t from = tiles * r / rounds, to = tiles * (r + 1) / rounds;
    const Panels panels{inputs, gradients, (to - from + 1) / 2};
    for_each((panels.pairs + kPairsAtOnce - 1) / kPairsAtOnce, [&](int64_t share, int64_t) {
      for (int64_t k = share * kPairsAtOnce; k < std::min(panels.pairs, (share + 1) * kPairsAtOnce); k++) transform_pair(c, panels, from + 2 * k, from + 2 * k + 1 == to, k);
    });
    if (rounds == 1) {
      for_each(c.blocks(), [&](int64_t index, int64_t thread) {
        const Block block(c, index);
        float* const own = sums + thread * kBlock;
        add_products(c, panels, block, 0, kPoints, false, own);
        for_taps(result, [&](auto* taps) { write_taps(block, own, channels, taps); });
      });
      return result;
    }
    for_each(kPoints / kBlockPoints * c.blocks(), [&](int64_t index, int64_t) {
      const int64_t block = index % c.blocks(), point = index / c.blocks() * kBlockPoints;
      add_products(c, panels, Block(c, block), point, kBlockPoints, r > 0, sums + block * kBlock);
    });
  }
  for_each(c.blocks(), [&](int64_t block, int64_t) {
    for_taps(result, [&](auto* taps) { write_taps(Block(c, block), sums + block * kBlock, channels, taps); });
  });
  return result;
}

}  // namespace fovea::winograd
