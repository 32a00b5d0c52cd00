// LibTorch's convolutions for the CPU: each goes to whichever of ours suits it, and else on to LibTorch's own.
//
// LibTorch registers one kernel for all devices, and one for a device comes before it. Autograd, autocast and every module stay as
// they are.
#include "convolution.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/convolution_backward_native.h>
#include <ATen/ops/convolution_native.h>
#include <torch/library.h>

#include <algorithm>

#include "autocast.h"
#include "bfloat16/multiply.h"
#include "correlation.h"
#include "replacement.h"
#include "windows.h"
#include "winograd/bfloat16.h"

namespace fovea {
namespace {

// Of a plain convolution of images on the CPU; nothing for any other.
c10::optional<Window> window_of(const at::Tensor& input, const at::Tensor& weight, at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                                bool transposed, int64_t groups) {
  if (transposed || groups != 1 || input.dim() != 4 || weight.dim() != 4 || input.size(1) != weight.size(1) || input.numel() == 0 || weight.numel() == 0 ||
      input.layout() != at::kStrided || weight.layout() != at::kStrided || !input.device().is_cpu() || !weight.device().is_cpu() ||
      !input.is_contiguous(at::MemoryFormat::ChannelsLast) || stride.empty() || padding.empty() || dilation.empty()) {
    return {};
  }
  const auto least = [](at::IntArrayRef list) { return *std::min_element(list.begin(), list.end()); };
  if (least(stride) < 1 || least(dilation) < 1 || least(padding) < 0) return {};
  const Window w{input.size(0),    input.size(1),    input.size(2),      input.size(3),        weight.size(0),      weight.size(2), weight.size(3),
                 {stride[0], stride.back()}, {padding[0], padding.back()}, {dilation[0], dilation.back()}};
  if (w.result_height < 1 || w.result_width < 1) return {};
  return w;
}

// Up to how many pixels to a filter products of windows win, there and back; measured on AVX512 with 64 to 2,048 channels, windows of 1x1
// and 3x3 and maps of 4x4 to 32x32, against oneDNN 2.6.
struct Limits {
  int64_t forward, backward;
};

Limits limits_of(at::ScalarType type) { return type == at::kFloat ? Limits{0, 1} : Limits{1, 2}; }

bool suits_windows(const Window& w, const at::Tensor& input, const at::Tensor& weight, int64_t limit) {
  constexpr int64_t fewest_channels = 64;
  return input.scalar_type() == weight.scalar_type() && windows::is_fast(input.scalar_type()) && std::min(w.filters, w.channels) >= fewest_channels &&
         w.pixels() <= limit * w.filters;
}

bool suits_bfloat16(const at::Tensor& input, const at::Tensor& weight) {
  return input.scalar_type() == at::kBFloat16 && (weight.scalar_type() == at::kBFloat16 || weight.scalar_type() == at::kFloat) &&
         at::globalContext().userEnabledMkldnn() && bfloat16::is_fast();
}

// Where windows skip pixels oneDNN 2.6 takes up to twice as long; measured with 16 to 256 channels, windows of 2x2 to 7x7 and maps of 6x6 to 80x80.
bool suits_correlation(const Window& w, const at::Tensor& input, const at::Tensor& weight) {
  constexpr int64_t fewest_channels = 32;
  const int64_t taps = w.rows * w.columns;
  return w.stride[0] * w.stride[1] > 1 && taps > 1 && taps <= correlation::kMostTaps && w.channels >= fewest_channels && w.channels % correlation::kChannels == 0 &&
         w.filters % correlation::kChannels == 0 && suits_bfloat16(input, weight);
}

// Where transforming tiles and filters costs less than it saves; measured on AVX512 with 16 to 1,024 channels and maps of 4x4 to 256x256, against
// oneDNN 2.6.
bool suits_winograd(const Window& w, const at::Tensor& input, const at::Tensor& weight) {
  constexpr int64_t fewest_taps = 2048, fewest_pixels = 256, channels_a_pixel = 4;
  const auto all = [](const int64_t (&pair)[2], int64_t value) { return pair[0] == value && pair[1] == value; };
  return w.rows == 3 && w.columns == 3 && all(w.stride, 1) && all(w.dilation, 1) && w.padding[0] <= 2 && all(w.padding, w.padding[0]) &&
         w.channels % winograd::kChannels == 0 && w.filters % winograd::kChannels == 0 && w.channels * w.filters >= fewest_taps &&
         w.pixels() >= fewest_pixels && w.channels + w.filters <= channels_a_pixel * w.pixels() && suits_bfloat16(input, weight);
}

at::Tensor channels_last(const at::Tensor& tensor) { return tensor.contiguous(at::MemoryFormat::ChannelsLast); }

// The float32 weight that autocast left, where what it is needed for has no use for that.
at::Tensor in_type_of(const at::Tensor& input, const at::Tensor& weight) {
  return input.scalar_type() == at::kBFloat16 && weight.scalar_type() == at::kFloat ? weight.to(at::kBFloat16) : weight;
}

at::Tensor convolution(const at::Tensor& input, const at::Tensor& weight, const c10::optional<at::Tensor>& bias, at::IntArrayRef stride,
                       at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed, at::IntArrayRef output_padding, int64_t groups) {
  const auto window = window_of(input, weight, stride, padding, dilation, transposed, groups);
  const bool has_bias = bias && bias->defined();
  if (window && suits_winograd(*window, input, weight)) {
    return winograd::forward(input, channels_last(weight), has_bias ? bias->to(at::kFloat).contiguous() : at::Tensor(), padding[0]);
  }
  const at::Tensor same = in_type_of(input, weight);
  const c10::optional<at::Tensor> added = has_bias ? c10::make_optional(in_type_of(input, *bias)) : c10::nullopt;
  if (!window || !suits_windows(*window, input, same, limits_of(input.scalar_type()).forward)) {
    return at::native::convolution(input, same, added, stride, padding, dilation, transposed, output_padding, groups);
  }
  const at::Tensor result = windows::forward(input, channels_last(same), *window);
  return added ? result.add_(added->view({1, -1, 1, 1})) : result;
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> convolution_backward(const at::Tensor& gradient, const at::Tensor& input, const at::Tensor& weight,
                                                                    at::OptionalIntArrayRef bias_sizes, at::IntArrayRef stride, at::IntArrayRef padding,
                                                                    at::IntArrayRef dilation, bool transposed, at::IntArrayRef output_padding, int64_t groups,
                                                                    std::array<bool, 3> wanted) {
  const auto window = gradient.scalar_type() == input.scalar_type() ? window_of(input, weight, stride, padding, dilation, transposed, groups) : c10::nullopt;
  if (window && suits_winograd(*window, input, weight)) {
    const at::Tensor given = channels_last(gradient);
    return {wanted[0] ? winograd::of_input(given, channels_last(weight), padding[0]) : at::Tensor(),
            wanted[1] ? winograd::of_weight(given, input, weight, padding[0]) : at::Tensor(), wanted[2] ? given.sum({0, 2, 3}) : at::Tensor()};
  }
  const at::Tensor same = in_type_of(input, weight);
  const bool by_windows = window && suits_windows(*window, input, same, limits_of(input.scalar_type()).backward);
  std::tuple<at::Tensor, at::Tensor, at::Tensor> result;
  auto& [of_input, of_weight, of_bias] = result;
  if (wanted[1] && window && !by_windows && suits_correlation(*window, input, weight)) {
    const at::Tensor given = channels_last(gradient);
    of_weight = correlation::of_weight(given, input, weight, *window);
    if (wanted[2]) of_bias = given.sum({0, 2, 3});
    wanted[1] = wanted[2] = false;
  }
  if (by_windows) {
    const at::Tensor given = channels_last(gradient);
    if (wanted[0]) of_input = windows::of_input(given, channels_last(same), *window);
    if (wanted[1]) of_weight = windows::of_weight(given, input, *window).to(weight.scalar_type());
    if (wanted[2]) of_bias = given.sum({0, 2, 3});
  } else if (wanted[0] || wanted[1] || wanted[2]) {
    auto [theirs_of_input, theirs_of_weight, theirs_of_bias] =
        at::native::convolution_backward(gradient, input, same, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, wanted);
    of_input = theirs_of_input;
    if (wanted[1]) of_weight = theirs_of_weight.to(weight.scalar_type());
    if (wanted[2]) of_bias = theirs_of_bias;
  }
  return result;
}

// Autocast's rule for a convolution, but that Winograd's reads the float32 weight and gives its gradient in float32: neither is copied.
at::Tensor conv2d(const at::Tensor& input, const at::Tensor& weight, const c10::optional<at::Tensor>& bias, at::IntArrayRef stride, at::IntArrayRef padding,
                  at::IntArrayRef dilation, int64_t groups) {
  const c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::DispatchKey::AutocastCPU);
  const at::ScalarType type = autocast_dtype(c10::kCPU);
  const auto cast = [type](const at::Tensor& tensor) { return at::autocast::cached_cast(type, tensor, c10::kCPU); };
  const at::Tensor images = cast(input);
  const c10::optional<at::Tensor> added = bias && bias->defined() ? c10::make_optional(cast(*bias)) : c10::nullopt;
  const auto window = window_of(images, weight, stride, padding, dilation, false, groups);
  const bool stays = window && suits_winograd(*window, images, weight);
  return at::conv2d(images, stays ? weight : cast(weight), added, stride, padding, dilation, groups);
}

}  // namespace

void take_autocast_convolutions() {
  if (!bfloat16::is_fast()) return;
  replace_kernels(c10::DispatchKey::AutocastCPU, [](torch::Library& library) { library.impl("conv2d", &conv2d); });
}

TORCH_LIBRARY_IMPL(aten, CPU, library) {
  library.impl("convolution", &convolution);
  library.impl("convolution_backward", &convolution_backward);
}

}  // namespace fovea
