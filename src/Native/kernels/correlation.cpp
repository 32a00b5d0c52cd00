#include "correlation.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "bfloat16/memory.h"
#include "bfloat16/multiply.h"
#include "bfloat16/sharing.h"
#include "bfloat16/vectors.h"

namespace fovea::correlation {
namespace {

using namespace bfloat16;

// Bytes of a thread's pixels that are multiplied at once: what leaves room for sums in half a MiB of second-level cache.
constexpr int64_t kBytesAtOnce = 256 << 10;

constexpr int64_t kFewestPairsAtOnce = 128;

// Panels of 16 numbers, (panels, apart, 16), a pair being two pixels.
struct Panels {
  uint32_t* windows;
  uint32_t* gradient;
  int64_t pairs;
  int64_t apart = pairs | 1;  // with a power of two the panels would share a few lines of the cache

  static int64_t size(const Window& w, int64_t pairs) { return (w.seen() + w.filters) * (pairs | 1); }

  Panels(const Window& w, uint32_t* memory, int64_t pairs) : windows(memory), gradient(memory + w.seen() * (pairs | 1)), pairs(pairs) {}
};

struct Correlation {
  const Window& window;
  const uint16_t *input, *gradient;
  const uint16_t* zeros;  // as many as channels or filters, in place of a pixel outside

  // Where the pixels lie that a pixel of the result sees.
  void find(int64_t pixel, const uint16_t** taps) const {
    const int64_t line = pixel / window.result_width, image = line / window.result_height;
    const int64_t left = pixel % window.result_width * window.stride[1] - window.padding[1], top = line % window.result_height * window.stride[0] - window.padding[0];
    for (int64_t i = 0; i < window.rows; i++) {
      const int64_t y = top + i * window.dilation[0];
      const uint16_t* const row = input + (image * window.height + y) * window.width * window.channels;
      for (int64_t j = 0; j < window.columns; j++) {
        const int64_t x = left + j * window.dilation[1];
        *taps++ = y >= 0 && y < window.height && x >= 0 && x < window.width ? row + x * window.channels : zeros;
      }
    }
  }
};

// The pair of pixels number pair, as the panels' pair k; an odd last pixel is one with zeros.
FOVEA_BFLOAT16 void pack(const Correlation& c, const Panels& panels, int64_t pair, int64_t k) {
  const Window& w = c.window;
  const int64_t pixel = 2 * pair;
  const bool last = pixel + 1 == w.pixels();
  const uint16_t *first[kMostTaps], *second[kMostTaps];
  c.find(pixel, first);
  if (last) std::fill_n(second, w.rows * w.columns, c.zeros);
  else c.find(pixel + 1, second);
  uint32_t* to = panels.windows + k * kVector;
  for (int64_t tap = 0; tap < w.rows * w.columns; tap++) {
    for (int64_t n = 0; n < w.channels; n += kVector, to += panels.apart * kVector) put_pairs(to, first[tap] + n, second[tap] + n);
  }
  const uint16_t *given = c.gradient + pixel * w.filters, *next = last ? c.zeros : given + w.filters;
  to = panels.gradient + k * kVector;
  for (int64_t n = 0; n < w.filters; n += kVector, to += panels.apart * kVector) put_pairs(to, given + n, next + n);
}

template <typename Scalar>
FOVEA_BFLOAT16 void write_taps(const float* sums, int64_t count, Scalar* to) {
  for (int64_t n = 0; n < count; n += kVector) put(to + n, wide(sums + n));
}

// sums: (filters, seen)
void add_products(const Window& w, const Panels& panels, bool adds, float* sums) {
  constexpr int64_t rows = kVector / 2;
  for (int64_t number = 0; number < w.seen(); number += 2 * kVector) {
    const Right right{panels.windows + number * panels.apart, panels.apart * kVector, number + kVector < w.seen() ? 2 : 1};
    for (int64_t filter = 0; filter < w.filters; filter += rows) {
      const Left left{panels.gradient + filter / kVector * kVector * panels.apart + filter % kVector, 1, kVector};
      multiply(left, right, rows, panels.pairs, adds, sums + filter * w.seen() + number, w.seen());
    }
  }
}

}  // namespace

at::Tensor of_weight(const at::Tensor& gradient, const at::Tensor& input, const at::Tensor& weight, const Window& w) {
  const Correlation c{w, data_of<uint16_t>(input), data_of<uint16_t>(gradient), zeros_for(std::max(w.channels, w.filters))};
  const int64_t threads = at::get_num_threads();
  const Shares shares((w.pixels() + 1) / 2, std::max(kFewestPairsAtOnce, kBytesAtOnce / (4 * (w.seen() + w.filters))));
  const int64_t size = Panels::size(w, shares.largest()), all = w.filters * w.seen();
  Room room(4 * threads * (size + all));
  auto* const memory = room.take<uint32_t>(threads * size);
  auto* const sums = room.take<float>(threads * all);
  shares.for_each_own([&](int64_t from, int64_t to, int64_t thread, bool is_first) {
    const Panels panels(w, memory + thread * size, to - from);
    for (int64_t k = 0; k < panels.pairs; k++) pack(c, panels, from + k, k);
    add_products(w, panels, !is_first, sums + thread * all);
  });
  at::Tensor result = at::empty(weight.sizes(), weight.options(), at::MemoryFormat::ChannelsLast);
  for_taps(result, [&](auto* taps) {
    for_each(w.filters / kChannels, [&](int64_t group, int64_t) {
      const int64_t first = group * kChannels * w.seen(), count = kChannels * w.seen();
      write_taps(shares.total(sums, all, first, count), count, taps + first);
    });
  });
  return result;
}

}  // namespace fovea::correlation
