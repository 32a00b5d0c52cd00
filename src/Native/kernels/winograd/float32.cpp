// Winograd's minimal filtering, F(4x4, 3x3) (Lavin and Gray, 2015, https://arxiv.org/abs/1509.09308): 16 pixels of a result by 36 products for
// each pair of channels instead of 144. Tiles of 6x6 pixels, 4 apart, are transformed, multiplied by the transformed filters, which is a product of
// matrices for each of the 36 places, and transformed back.
//
// The paper interpolates at 0, 1, -1, 2, -2. At 0, a, -a, b, -b with a² = 1/2 and b² = 2 the numbers stay closer together: against sums in
// float64 of 64 and of 512 channels the error's rms is 6e-7 and 1.1e-6 of the results', where it is 1.3e-6 and 2.4e-6 with the paper's points and
// 1e-7 and 1.6e-7 without the transforms. A value that is not finite reaches all 16 pixels of a tile.
#include "float32.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <string>

#include "guard.h"
#include "runtime.h"
#include "kernels/targets.h"

namespace fovea {
namespace {

constexpr int64_t kTile = 4, kSeen = 6, kPlaces = kSeen * kSeen;
constexpr int kLanes = 16, kPanel = 2 * kLanes;  // 12 rows of two vectors are 24 of AVX512's 32 registers
constexpr int kRows = 12;
constexpr float kNear = 0.70710678f, kFar = 1.41421356f;  // a and b; a * b = 1

using Lanes = float __attribute__((vector_size(kLanes * sizeof(float)), aligned(sizeof(float)), may_alias));

struct Geometry {
  int64_t height, width, channels, padding[2];     // of the images
  int64_t result_height, result_width, filters;
  int64_t across, tiles;                           // in a row of an image, and in an image
};

// From tiles to rows of matrices: where the 36 matrices of a block of tiles begin, and how far apart they are. The skew keeps a cache's sets from all
// being the same ones.
struct Block {
  float *seen, *products;
  int64_t seen_step, products_step;
  int64_t first, count;
};

constexpr int64_t kSkew = 16;

// Six numbers, each `step` vectors from the last.
FOVEA_INLINE void transform_in(const Lanes* d, int from, Lanes* r, int to) {
  const Lanes near_even = d[4 * from] - 2.0f * d[2 * from], near_odd = kNear * d[3 * from] - kFar * d[from];
  const Lanes far_even = d[4 * from] - 0.5f * d[2 * from], far_odd = kFar * d[3 * from] - kNear * d[from];
  r[0] = d[0] - 2.5f * d[2 * from] + d[4 * from];
  r[to] = near_even + near_odd;
  r[2 * to] = near_even - near_odd;
  r[3 * to] = far_even + far_odd;
  r[4 * to] = far_even - far_odd;
  r[5 * to] = d[from] - 2.5f * d[3 * from] + d[5 * from];
}

FOVEA_INLINE void transform_out(const Lanes* m, int from, Lanes* r, int to) {
  const Lanes near_even = m[from] + m[2 * from], near_odd = m[from] - m[2 * from];
  const Lanes far_even = m[3 * from] + m[4 * from], far_odd = m[3 * from] - m[4 * from];
  r[0] = m[0] + near_even + far_even;
  r[to] = kNear * near_odd + kFar * far_odd;
  r[2 * to] = 0.5f * near_even + 2.0f * far_even;
  r[3 * to] = (0.5f * kNear) * near_odd + (2.0f * kFar) * far_odd + m[5 * from];
}

FOVEA_AVX512 void gather(const float* images, const Geometry& g, const Block& block, int64_t begin, int64_t end) {
  for (int64_t tile = begin; tile < end; tile++) {
    const int64_t image = (block.first + tile) / g.tiles, place = (block.first + tile) % g.tiles;
    const int64_t top = place / g.across * kTile - g.padding[0], left = place % g.across * kTile - g.padding[1];
    const float* from = images + image * g.height * g.width * g.channels;
    float* to = block.seen + tile * g.channels;
    for (int64_t c = 0; c < g.channels; c += kLanes) {
      Lanes pixels[kPlaces], half[kPlaces];
      for (int64_t i = 0; i < kSeen; i++) {
        for (int64_t j = 0; j < kSeen; j++) {
          const int64_t y = top + i, x = left + j;
          const bool inside = y >= 0 && y < g.height && x >= 0 && x < g.width;
          // Where the next tile's pixels are: without that a large map takes a third longer.
          if (j >= kSeen - kTile) __builtin_prefetch(from + (y * g.width + x + kTile) * g.channels + c);
          pixels[i * kSeen + j] = inside ? *reinterpret_cast<const Lanes*>(from + (y * g.width + x) * g.channels + c) : Lanes{};
        }
      }
      for (int64_t j = 0; j < kSeen; j++) transform_in(pixels + j, kSeen, half + j, kSeen);
      for (int64_t i = 0; i < kSeen; i++) {
        Lanes row[kSeen];
        transform_in(half + i * kSeen, 1, row, 1);
        for (int64_t j = 0; j < kSeen; j++) *reinterpret_cast<Lanes*>(to + (i * kSeen + j) * block.seen_step + c) = row[j];
      }
    }
  }
}

template <int Rows>
FOVEA_AVX512 void multiply_rows(const float* seen, const float* weight, float* products, int64_t channels, int64_t filters) {
  Lanes sum[Rows][2] = {};
  for (int64_t c = 0; c < channels; c++, weight += kPanel) {
    const Lanes left = *reinterpret_cast<const Lanes*>(weight), right = *reinterpret_cast<const Lanes*>(weight + kLanes);
#pragma GCC unroll 12
    for (int row = 0; row < Rows; row++) {
      const Lanes each = seen[row * channels + c] - Lanes{};
      sum[row][0] += each * left;
      sum[row][1] += each * right;
    }
  }
#pragma GCC unroll 12
  for (int row = 0; row < Rows; row++) {
    *reinterpret_cast<Lanes*>(products + row * filters) = sum[row][0];
    *reinterpret_cast<Lanes*>(products + row * filters + kLanes) = sum[row][1];
  }
}

using MultiplyRows = void (*)(const float*, const float*, float*, int64_t, int64_t);
constexpr MultiplyRows kMultiply[] = {nullptr, &multiply_rows<1>, &multiply_rows<2>, &multiply_rows<3>, &multiply_rows<4>, &multiply_rows<5>, &multiply_rows<6>,
                                      &multiply_rows<7>, &multiply_rows<8>, &multiply_rows<9>, &multiply_rows<10>, &multiply_rows<11>, &multiply_rows<12>};

// A panel: 32 filters at one of the places. There are 36 times O / 32.
void multiply(const float* weight, const Geometry& g, const Block& block, int64_t begin, int64_t end) {
  const int64_t panels = g.filters / kPanel, groups = (block.count + kRows - 1) / kRows;
  for (int64_t panel = begin; panel < end; panel++) {
    const float* seen = block.seen + panel / panels * block.seen_step;
    float* products = block.products + panel / panels * block.products_step + panel % panels * kPanel;
    for (int64_t group = 0; group < groups; group++) {
      const int64_t first = block.count * group / groups, last = block.count * (group + 1) / groups;  // evenly
      kMultiply[last - first](seen + first * g.channels, weight + panel * g.channels * kPanel, products + first * g.filters, g.channels, g.filters);
    }
  }
}

FOVEA_AVX512 void scatter(float* results, const float* bias, bool relu, const Geometry& g, const Block& block, int64_t begin, int64_t end) {
  for (int64_t tile = begin; tile < end; tile++) {
    const int64_t image = (block.first + tile) / g.tiles, place = (block.first + tile) % g.tiles;
    const int64_t top = place / g.across * kTile, left = place % g.across * kTile;
    const int64_t rows = std::min(kTile, g.result_height - top), columns = std::min(kTile, g.result_width - left);
    const float* from = block.products + tile * g.filters;
    float* to = results + ((image * g.result_height + top) * g.result_width + left) * g.filters;
    for (int64_t o = 0; o < g.filters; o += kLanes) {
      Lanes places[kPlaces], half[kTile * kSeen];
      for (int64_t place = 0; place < kPlaces; place++) places[place] = *reinterpret_cast<const Lanes*>(from + place * block.products_step + o);
      for (int64_t j = 0; j < kSeen; j++) transform_out(places + j, kSeen, half + j, kSeen);
      const Lanes shift = *reinterpret_cast<const Lanes*>(bias + o);
      for (int64_t i = 0; i < rows; i++) {
        Lanes row[kTile];
        transform_out(half + i * kSeen, 1, row, 1);
        for (int64_t j = 0; j < columns; j++) {
          __builtin_prefetch(to + (i * g.result_width + j + kTile) * g.filters + o, 1);
          Lanes value = row[j] + shift;
          if (relu) value = value < Lanes{} ? Lanes{} : value;  // NaN stays
          *reinterpret_cast<Lanes*>(to + (i * g.result_width + j) * g.filters + o) = value;
        }
      }
    }
  }
}

// A filter by the interpolation's points p: 1, p and p² over the product of the differences to the other points. In float64, for it happens once.
FOVEA_INLINE void transform_filter(const double* g, int64_t from, double* r, int64_t to) {
  constexpr double a = 0.70710678118654752, b = 1.4142135623730951, near = 1 / (2 * a * a * (a * a - b * b)), far = 1 / (2 * b * b * (b * b - a * a));
  const double near_even = near * (g[0] + a * a * g[2 * from]), near_odd = near * a * g[from];
  const double far_even = far * (g[0] + b * b * g[2 * from]), far_odd = far * b * g[from];
  r[0] = g[0];
  r[to] = near_even + near_odd;
  r[2 * to] = near_even - near_odd;
  r[3 * to] = far_even + far_odd;
  r[4 * to] = far_even - far_odd;
  r[5 * to] = g[2 * from];
}

// Of all filters of a panel what they have for one channel: an (O, C, 3, 3) weight to (36, O / 32, C, 32).
FOVEA_AVX512 void transform_filters(const float* weight, float* places, int64_t filters, int64_t channels, int64_t begin, int64_t end) {
  constexpr int64_t taps = 9;
  for (int64_t index = begin; index < end; index++) {
    const int64_t panel = index / channels, channel = index % channels;
    double given[taps][kPanel], half[kSeen * 3][kPanel], whole[kPlaces][kPanel];
    for (int64_t o = 0; o < kPanel; o++) {
      for (int64_t tap = 0; tap < taps; tap++) given[tap][o] = weight[((panel * kPanel + o) * channels + channel) * taps + tap];
    }
    for (int64_t j = 0; j < 3; j++) {
      for (int64_t o = 0; o < kPanel; o++) transform_filter(&given[j][o], 3 * kPanel, &half[j][o], 3 * kPanel);
    }
    for (int64_t i = 0; i < kSeen; i++) {
      for (int64_t o = 0; o < kPanel; o++) transform_filter(&half[3 * i][o], kPanel, &whole[kSeen * i][o], kPanel);
    }
    for (int64_t place = 0; place < kPlaces; place++) {
      float* to = places + ((place * (filters / kPanel) + panel) * channels + channel) * kPanel;
      for (int64_t o = 0; o < kPanel; o++) to[o] = static_cast<float>(whole[place][o]);
    }
  }
}

at::Tensor transformed(const at::Tensor& weight) {
  const int64_t filters = weight.size(0), channels = weight.size(1);
  const at::Tensor rows = weight.contiguous(), places = at::empty({kPlaces, filters / kPanel, channels, kPanel}, at::kFloat);
  const float* from = rows.data_ptr<float>();
  float* to = places.data_ptr<float>();
  at::parallel_for(0, filters / kPanel * channels, 64, [&](int64_t begin, int64_t end) { transform_filters(from, to, filters, channels, begin, end); });
  return places;
}

int64_t tiles_along(int64_t pixels, int64_t padding) { return (pixels + 2 * padding - 2 + kTile - 1) / kTile; }

// Fewer tiles do not pay for reading four times as many weights.
constexpr int64_t kFewestTiles = 16;

// In a block of a thread's own: maps and products of 64 channels then stay in 1 MiB, and the weights are read often enough to come from a cache.
constexpr int64_t kTilesAlone = 24;

// Where all threads work on one block, each on filters of its own, so that no weight is read twice.
constexpr int64_t kTilesTogether = 96;
constexpr int64_t kBytesTogether = 16 << 20;

}  // namespace

bool WinogradConvolution::suits(const at::Tensor& weight, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int64_t groups,
                                const int64_t* sizes) {
  if (!has_avx512() || weight.scalar_type() != at::kFloat || groups != 1 || weight.size(2) != 3 || weight.size(3) != 3 || weight.size(1) % kLanes != 0 ||
      weight.size(0) % kPanel != 0) {
    return false;
  }
  for (int axis = 0; axis < 2; axis++) {
    if (stride[axis] != 1 || dilation[axis] != 1 || padding[axis] < 0) return false;
  }
  return sizes[0] * tiles_along(sizes[2], padding[0]) * tiles_along(sizes[3], padding[1]) >= kFewestTiles;
}

WinogradConvolution::WinogradConvolution(const at::Tensor& weight, const at::Tensor& bias, const int64_t* padding, bool relu)
    : weight_(transformed(weight)),
      bias_(bias.defined() ? bias.to(at::kFloat).contiguous().clone() : at::zeros({weight.size(0)}, at::kFloat)),
      channels_(weight.size(1)),
      filters_(weight.size(0)),
      padding_{padding[0], padding[1]},
      relu_(relu) {}

at::Tensor WinogradConvolution::run(const at::Tensor& images) const {
  if (images.size(1) != channels_) {
    throw Failure(FOVEA_BAD_ARGUMENT, "images: wanted " + std::to_string(channels_) + " channels, got " + std::to_string(images.size(1)));
  }
  Geometry g{images.size(2), images.size(3), channels_, {padding_[0], padding_[1]}, 0, 0, filters_, 0, 0};
  g.result_height = g.height + 2 * g.padding[0] - 2;
  g.result_width = g.width + 2 * g.padding[1] - 2;
  if (g.result_height < 1 || g.result_width < 1) {
    throw Failure(FOVEA_BAD_ARGUMENT, "images: wanted at least the window's 3x3 pixels, padding included, got " + c10::str(images.sizes()));
  }
  g.across = tiles_along(g.width, g.padding[1]);
  g.tiles = tiles_along(g.height, g.padding[0]) * g.across;
  const at::Tensor result = at::empty({images.size(0), g.filters, g.result_height, g.result_width}, images.options(), at::MemoryFormat::ChannelsLast);
  const int64_t tiles = images.size(0) * g.tiles;
  if (tiles == 0) return result;
  const int64_t threads = at::get_num_threads();
  const bool together = tiles <= kTilesTogether || weight_.numel() * static_cast<int64_t>(sizeof(float)) > kBytesTogether;
  const float *from = images.data_ptr<float>(), *weight = weight_.data_ptr<float>(), *bias = bias_.data_ptr<float>();
  float* to = result.data_ptr<float>();

  // As many blocks for each thread.
  const int64_t share = together ? kTilesTogether : kTilesAlone * threads;
  const int64_t blocks = (tiles + share - 1) / share * (together ? 1 : threads);
  const int64_t largest = (tiles + blocks - 1) / blocks;
  const auto with_block = [&](int64_t index, const auto& body) {
    Block block{nullptr, nullptr, largest * g.channels + kSkew, largest * g.filters + kSkew, tiles * index / blocks, 0};
    block.count = tiles * (index + 1) / blocks - block.first;
    const at::Tensor memory = at::empty({kPlaces * (block.seen_step + block.products_step)}, at::kFloat);
    block.seen = memory.data_ptr<float>();
    block.products = block.seen + kPlaces * block.seen_step;
    body(block);
  };
  if (together) {
    for (int64_t index = 0; index < blocks; index++) {
      with_block(index, [&](const Block& block) {
        at::parallel_for(0, block.count, 1, [&](int64_t begin, int64_t end) { gather(from, g, block, begin, end); });
        at::parallel_for(0, kPlaces * (g.filters / kPanel), 1, [&](int64_t begin, int64_t end) { multiply(weight, g, block, begin, end); });
        at::parallel_for(0, block.count, 1, [&](int64_t begin, int64_t end) { scatter(to, bias, relu_, g, block, begin, end); });
      });
    }
    return result;
  }
  at::parallel_for(0, blocks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t index = begin; index < end; index++) {
      with_block(index, [&](const Block& block) {
        gather(from, g, block, 0, block.count);
        multiply(weight, g, block, 0, kPlaces * (g.filters / kPanel));
        scatter(to, bias, relu_, g, block, 0, block.count);
      });
    }
  });
  return result;
}

}  // namespace fovea
