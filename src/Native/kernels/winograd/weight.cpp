// The weight's gradient: at each point a product of the gradient's tiles and the input's, summed over all tiles.
#include <ATen/ATen.h>

#include <algorithm>

#include "bfloat16.h"
#include "kernels/bfloat16/multiply.h"
#include "kernels/bfloat16/sharing.h"
#include "tiling.h"
#include "transforms.h"

namespace fovea::winograd {
namespace {

// What is computed at a time: so many filters by so many channels.
constexpr int64_t kFilters = 2 * kVector, kBlockChannels = 4 * kVector, kBlock = kPoints * kFilters * kBlockChannels;

struct Correlation {
  Tiling tiling;
  Pictures input, gradient;
  int64_t across = (input.channels + kBlockChannels - 1) / kBlockChannels, down = (gradient.channels + kFilters - 1) / kFilters;

  int64_t blocks() const { return across * down; }
  int64_t pairs() const { return (tiling.tiles() + 1) / 2; }

  // How many are multiplied at once: as many take twice the memory of the sums, which are read and written anew each time.
  int64_t pairs_at_once() const { return 2 * input.channels * gradient.channels / (input.channels + gradient.channels); }
};

// Panels of 16 channels: (points, channels/16, apart, 16), a pair being two tiles.
struct Panels {
  uint32_t* input;
  uint32_t* gradient;
  int64_t pairs;
  int64_t apart = pairs | 1;  // with a power of two all points of a pair would share a few lines of the cache

  static int64_t size(const Correlation& c, int64_t pairs) { return kPoints * (c.input.channels + c.gradient.channels) * (pairs | 1); }

  Panels(const Correlation& c, uint32_t* memory, int64_t pairs) : input(memory), gradient(memory + kPoints * c.input.channels * (pairs | 1)), pairs(pairs) {}
};

// The pair of tiles number pair, as the panels' pair k; an odd last tile is one with zeros.
FOVEA_BFLOAT16 void transform_pair(const Correlation& c, const Panels& panels, int64_t pair, int64_t k) {
  const uint16_t *seen[2][16], *given[2][4];
  const int64_t tile = 2 * pair;
  const bool last = tile + 1 == c.tiling.tiles();
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
void add_products(const Correlation& c, const Panels& panels, const Block& block, bool adds, float* sums) {
  constexpr int64_t rows = kVector / 2;
  const int64_t panel = panels.apart * kVector;
  for (int64_t p = 0; p < kPoints; p++) {
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

// Few tiles: all are transformed once, and each thread takes blocks.
void correlate_by_blocks(const Correlation& c, const at::Tensor& result) {
  constexpr int64_t pairs_a_turn = 8;
  const int64_t pairs = c.pairs();
  Room room(4 * (Panels::size(c, pairs) + at::get_num_threads() * kBlock));
  const Panels panels(c, room.take<uint32_t>(Panels::size(c, pairs)), pairs);
  auto* const sums = room.take<float>(at::get_num_threads() * kBlock);
  for_each((pairs + pairs_a_turn - 1) / pairs_a_turn, [&](int64_t turn, int64_t) {
    for (int64_t k = turn * pairs_a_turn; k < std::min(pairs, (turn + 1) * pairs_a_turn); k++) transform_pair(c, panels, k, k);
  });
  for_each(c.blocks(), [&](int64_t index, int64_t thread) {
    const Block block(c, index);
    float* const own = sums + thread * kBlock;
    add_products(c, panels, block, false, own);
    for_taps(result, [&](auto* taps) { write_taps(block, own, c.input.channels, taps); });
  });
}

// Many tiles: each thread takes tiles share by share, which then never leave its cache, and has sums of its own.
void correlate_by_tiles(const Correlation& c, const at::Tensor& result) {
  const Shares shares(c.pairs(), c.pairs_at_once());
  const int64_t threads = at::get_num_threads(), size = Panels::size(c, shares.largest()), all = c.blocks() * kBlock;
  Room room(4 * threads * (size + all));
  auto* const memory = room.take<uint32_t>(threads * size);
  auto* const sums = room.take<float>(threads * all);
  shares.for_each_own([&](int64_t from, int64_t to, int64_t thread, bool is_first) {
    const Panels panels(c, memory + thread * size, to - from);
    for (int64_t k = 0; k < panels.pairs; k++) transform_pair(c, panels, from + k, k);
    for (int64_t block = 0; block < c.blocks(); block++) add_products(c, panels, Block(c, block), !is_first, sums + thread * all + block * kBlock);
  });
  for_each(c.blocks(), [&](int64_t block, int64_t) {
    const float* const total = shares.total(sums, all, block * kBlock, kBlock);
    for_taps(result, [&](auto* taps) { write_taps(Block(c, block), total, c.input.channels, taps); });
  });
}

}  // namespace

at::Tensor of_weight(const at::Tensor& gradient, const at::Tensor& input, const at::Tensor& weight, int64_t padding) {
  const int64_t filters = weight.size(0), channels = weight.size(1);
  const Tiling tiling{input.size(0), input.size(2), input.size(3), padding};
  const uint16_t* const zeros = zeros_for(std::max(filters, channels));
  const Correlation c{tiling,
                      {data_of<uint16_t>(input), tiling.height, tiling.width, channels, zeros},
                      {data_of<uint16_t>(gradient), tiling.result_height, tiling.result_width, filters, zeros}};
  at::Tensor result = at::empty(weight.sizes(), weight.options(), at::MemoryFormat::ChannelsLast);
  c.pairs() <= c.pairs_at_once() ? correlate_by_blocks(c, result) : correlate_by_tiles(c, result);
  return result;
}

}  // namespace fovea::winograd
