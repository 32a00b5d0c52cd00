// Convolutions with many channels and few pixels, as the last stages of a classifier have them, as products of matrices.
//
// oneDNN's convolutions lay out the weights anew for every pass, and where there are more weights than pixels that takes longer than
// the convolution. Here the pixels are gathered instead: a row for every pixel of the result, with all that its window sees,
//
//   forward          result   (P, O)  = windows (P, hwI) * weight^T (hwI, O)
//   of the input     windows' (P, hwI) = gradient (P, O) * weight (O, hwI), summed where windows overlap
//   of the weight    weight'  (O, hwI) = gradient^T (O, P) * windows (P, hwI)
//
// These are kernels of LibTorch's own operators for the CPU: LibTorch registers one for all devices, and one for a device comes
// before it. Autograd, autocast and every module stay as they are; what does not fit goes on to LibTorch's.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/ops/convolution_backward_native.h>
#include <ATen/ops/convolution_native.h>
#include <torch/library.h>

#include <cstring>
#include <vector>

#include "product.h"
#include "runtime.h"
#include "scalars.h"

namespace fovea {
namespace {

struct Window {
  int64_t images, channels, height, width;           // of the input
  int64_t filters, rows, columns;                    // of the weight
  int64_t stride[2], padding[2], dilation[2];
  int64_t result_height, result_width;

  int64_t pixels() const { return images * result_height * result_width; }
  int64_t seen() const { return rows * columns * channels; }

  // Each window is a pixel of the input, and each pixel one.
  bool is_pixel() const {
    return rows * columns == 1 && stride[0] == 1 && stride[1] == 1 && padding[0] == 0 && padding[1] == 0;
  }
};

Window window_of(const at::Tensor& input, const at::Tensor& weight, at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation) {
  const auto of = [](at::IntArrayRef list, size_t axis) { return list[list.size() == 1 ? 0 : axis]; };
  Window w{input.size(0), input.size(1), input.size(2), input.size(3), weight.size(0), weight.size(2), weight.size(3), {}, {}, {}, 0, 0};
  for (size_t axis = 0; axis < 2; axis++) {
    w.stride[axis] = of(stride, axis);
    w.padding[axis] = of(padding, axis);
    w.dilation[axis] = of(dilation, axis);
  }
  w.result_height = (w.height + 2 * w.padding[0] - w.dilation[0] * (w.rows - 1) - 1) / w.stride[0] + 1;
  w.result_width = (w.width + 2 * w.padding[1] - w.dilation[1] * (w.columns - 1) - 1) / w.stride[1] + 1;
  return w;
}

// Up to how many pixels to a filter the products win, there and back; measured on AVX512 with 64 to 2,048 channels, windows of 1x1 and 3x3 and
// maps of 4x4 to 32x32, against oneDNN 2.6.
struct Limits {
  int64_t forward, backward;
};

Limits limits_of(at::ScalarType type) { return type == at::kFloat ? Limits{0, 1} : Limits{1, 2}; }

constexpr int64_t kFewestChannels = 64;

// Where LibTorch hands such products to oneDNN; elsewhere they would be slow.
bool is_fast(at::ScalarType type) {
  if (!at::globalContext().userEnabledMkldnn()) return false;
  return type == at::kFloat ? has_product() : type == at::kBFloat16 && has_avx512();
}

// a * b; either may be the transposed view of a matrix stored by rows.
at::Tensor multiplied(const at::Tensor& a, const at::Tensor& b) { return a.scalar_type() == at::kFloat ? product(a, b) : at::mm(a, b); }

bool fits(const at::Tensor& input, const at::Tensor& weight, at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
          int64_t groups, int64_t limit) {
  if (transposed || groups != 1 || input.dim() != 4 || weight.dim() != 4 || input.size(1) != weight.size(1) ||
      weight.size(0) < kFewestChannels || weight.size(1) < kFewestChannels || input.numel() == 0 || input.layout() != at::kStrided || weight.layout() != at::kStrided ||
      !weight.device().is_cpu() || input.scalar_type() != weight.scalar_type() || !is_fast(input.scalar_type()) ||
      !input.is_contiguous(at::MemoryFormat::ChannelsLast) || stride.empty() || padding.empty() || dilation.empty()) {
    return false;
  }
  for (const at::IntArrayRef list : {stride, dilation}) {
    for (const int64_t each : list) {
      if (each < 1) return false;
    }
  }
  for (const int64_t each : padding) {
    if (each < 0) return false;
  }
  const Window w = window_of(input, weight, stride, padding, dilation);
  return w.result_height > 0 && w.result_width > 0 && w.pixels() <= limit * w.filters;
}

at::Tensor channels_last(const at::Tensor& tensor) { return tensor.contiguous(at::MemoryFormat::ChannelsLast); }

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

at::Tensor convolution(const at::Tensor& input, const at::Tensor& weight, const c10::optional<at::Tensor>& bias, at::IntArrayRef stride,
                       at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed, at::IntArrayRef output_padding, int64_t groups) {
  if (!fits(input, weight, stride, padding, dilation, transposed, groups, limits_of(input.scalar_type()).forward)) {
    return at::native::convolution(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups);
  }
  const Window w = window_of(input, weight, stride, padding, dilation);
  const at::Tensor windows = windows_of(input, w), matrix = rows_of(channels_last(weight)).t();
  at::Tensor result = multiplied(windows, matrix);
  if (bias && bias->defined()) result.add_(*bias);
  return result.view({w.images, w.result_height, w.result_width, w.filters}).permute({0, 3, 1, 2});
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> convolution_backward(const at::Tensor& gradient, const at::Tensor& input, const at::Tensor& weight,
                                                                    at::OptionalIntArrayRef bias_sizes, at::IntArrayRef stride, at::IntArrayRef padding,
                                                                    at::IntArrayRef dilation, bool transposed, at::IntArrayRef output_padding, int64_t groups,
                                                                    std::array<bool, 3> wanted) {
  if (!fits(input, weight, stride, padding, dilation, transposed, groups, limits_of(input.scalar_type()).backward) || gradient.scalar_type() != input.scalar_type()) {
    return at::native::convolution_backward(gradient, input, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, wanted);
  }
  const Window w = window_of(input, weight, stride, padding, dilation);
  const at::Tensor rows = pixels_of(channels_last(gradient));
  at::Tensor of_input, of_weight, of_bias;
  if (wanted[0]) {
    const at::Tensor windows = multiplied(rows, rows_of(channels_last(weight)));
    if (w.is_pixel()) {
      of_input = windows.view({w.images, w.height, w.width, w.channels}).permute({0, 3, 1, 2});
    } else {
      of_input = at::empty_like(input, at::MemoryFormat::ChannelsLast);
      for_scalar(input, [&](auto scalar) { sum_windows<decltype(scalar)>(windows, of_input, w); });
    }
  }
  if (wanted[1]) of_weight = multiplied(rows.t(), windows_of(input, w)).view({w.filters, w.rows, w.columns, w.channels}).permute({0, 3, 1, 2});
  if (wanted[2]) of_bias = rows.sum(0);
  return {of_input, of_weight, of_bias};
}

}  // namespace

TORCH_LIBRARY_IMPL(aten, CPU, library) {
  library.impl("convolution", &convolution);
  library.impl("convolution_backward", &convolution_backward);
}

}  // namespace fovea
