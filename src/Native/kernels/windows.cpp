// Rows of windows: the pixels are gathered, a row for every pixel of the result, with all that its window sees.
//
//   forward          result   (P, O)  = windows (P, hwI) * weight^T (hwI, O)
//   of the input     windows' (P, hwI) = gradient (P, O) * weight (O, hwI), summed where windows overlap
//   of the weight    weight'  (O, hwI) = gradient^T (O, P) * windows (P, hwI)
#include "windows.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cstring>
#include <vector>

#include "product.h"
#include "runtime.h"
#include "scalars.h"

namespace fovea::windows {
namespace {

// a * b; either may be the transposed view of a matrix stored by rows.
at::Tensor multiplied(const at::Tensor& a, const at::Tensor& b) { return a.scalar_type() == at::kFloat ? product(a, b) : at::mm(a, b); }

// Of a tensor whose memory is channels-last: that memory as rows of the first axis.
at::Tensor rows_of(const at::Tensor& tensor) { return tensor.permute({0, 2, 3, 1}).reshape({tensor.size(0), -1}); }
at::Tensor pixels_of(const at::Tensor& tensor) { return tensor.permute({0, 2, 3, 1}).reshape({-1, tensor.size(1)}); }

// (P, hwI), the channels of a pixel side by side.
at::Tensor windows_of(const at::Tensor& input, const Window& w) {
  if (w.is_pixel()) return pixels_of(input);
  at::Tensor windows = at::empty({w.pixels(), w.seen()}, input.options());
  const auto size = static_cast<size_t>(input.element_size()), pixel = size * static_cast<size_t>(w.channels);
  const auto* from = static_cast<const char*>(input.data_ptr());
  auto* to = static_cast<char*>(windows.data_ptr());
  at::parallel_for(0, w.pixels(), 8, [&](int64_t begin, int64_t end) {
    for (int64_t p = begin; p < end; p++) {
      const int64_t x = p % w.result_width, y = p / w.result_width % w.result_height, image = p / w.result_width / w.result_height;
      char* row = to + static_cast<size_t>(p * w.seen()) * size;
      for (int64_t i = 0; i < w.rows; i++) {
        const int64_t h = y * w.stride[0] - w.padding[0] + i * w.dilation[0];
        for (int64_t j = 0; j < w.columns; j++, row += pixel) {
          const int64_t v = x * w.stride[1] - w.padding[1] + j * w.dilation[1];
          if (h >= 0 && h < w.height && v >= 0 && v < w.width) {
            std::memcpy(row, from + static_cast<size_t>((image * w.height + h) * w.width + v) * pixel, pixel);
          } else {
            std::memset(row, 0, pixel);
          }
        }
      }
    }
  });
  return windows;
}

// The sum of all windows' shares in each pixel of the input, in float32.
template <typename Scalar>
void sum_windows(const at::Tensor& windows, const at::Tensor& input, const Window& w) {
  const Scalar* from = windows.data_ptr<Scalar>();
  Scalar* to = input.data_ptr<Scalar>();
  at::parallel_for(0, w.images * w.height * w.width, 8, [&](int64_t begin, int64_t end) {
    std::vector<float> sum(static_cast<size_t>(w.channels));
    for (int64_t q = begin; q < end; q++) {
      const int64_t v = q % w.width, h = q / w.width % w.height, image = q / w.width / w.height;
      std::fill(sum.begin(), sum.end(), 0.0f);
      for (int64_t i = 0; i < w.rows; i++) {
        const int64_t above = h + w.padding[0] - i * w.dilation[0], y = above / w.stride[0];
        if (above < 0 || above % w.stride[0] != 0 || y >= w.result_height) continue;
        for (int64_t j = 0; j < w.columns; j++) {
          const int64_t left = v + w.padding[1] - j * w.dilation[1], x = left / w.stride[1];
          if (left < 0 || left % w.stride[1] != 0 || x >= w.result_width) continue;
          const Scalar* share = from + ((image * w.result_height + y) * w.result_width + x) * w.seen() + (i * w.columns + j) * w.channels;
          for (int64_t c = 0; c < w.channels; c++) sum[static_cast<size_t>(c)] += static_cast<float>(share[c]);
        }
      }
      for (int64_t c = 0; c < w.channels; c++) to[q * w.channels + c] = static_cast<Scalar>(sum[static_cast<size_t>(c)]);
    }
  });
}

}  // namespace

bool is_fast(at::ScalarType type) {
  if (!at::globalContext().userEnabledMkldnn()) return false;
  return type == at::kFloat ? has_product() : type == at::kBFloat16 && has_avx512();
}

at::Tensor forward(const at::Tensor& input, const at::Tensor& weight, const Window& w) {
  const at::Tensor windows = windows_of(input, w), matrix = rows_of(weight).t();
  return multiplied(windows, matrix).view({w.images, w.result_height, w.result_width, w.filters}).permute({0, 3, 1, 2});
}

at::Tensor of_input(const at::Tensor& gradient, const at::Tensor& weight, const Window& w) {
  const at::Tensor windows = multiplied(pixels_of(gradient), rows_of(weight));
  if (w.is_pixel()) return windows.view({w.images, w.height, w.width, w.channels}).permute({0, 3, 1, 2});
  const at::Tensor result = at::empty({w.images, w.channels, w.height, w.width}, gradient.options(), at::MemoryFormat::ChannelsLast);
  for_scalar(result, [&](auto scalar) { sum_windows<decltype(scalar)>(windows, result, w); });
  return result;
}

at::Tensor of_weight(const at::Tensor& gradient, const at::Tensor& input, const Window& w) {
  return multiplied(pixels_of(gradient).t(), windows_of(input, w)).view({w.filters, w.rows, w.columns, w.channels}).permute({0, 3, 1, 2});
}

}  // namespace fovea::windows
