// Max pooling, channels-last: of each window only which of its pixels was largest is kept for the way back, in two or four bytes
// where LibTorch keeps eight; and the gradient is gathered by each pixel, so no two threads write to one.
//
// LibTorch composes max_pool2d of other operators on every device; a kernel for one comes before that.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/ops/max_pool2d_native.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "scalars.h"

namespace fovea {
namespace {

struct Pooling {
  int64_t images, channels, height, width;
  int64_t kernel[2], stride[2], padding[2];
  int64_t result_height, result_width;
};

// Where a window begins and ends along an axis, and the windows that see a pixel.
struct Span {
  int64_t begin, end;
};

FOVEA_INLINE Span seen_by(int64_t first, int64_t kernel, int64_t size) { return {first < 0 ? 0 : first, first + kernel < size ? first + kernel : size}; }

FOVEA_INLINE Span seeing(int64_t pixel, int64_t kernel, int64_t stride, int64_t padding, int64_t windows) {
  const int64_t shifted = pixel + padding, last = shifted / stride + 1;
  return {shifted < kernel ? 0 : (shifted - kernel) / stride + 1, last < windows ? last : windows};
}

// As wide as the pixels, so that both fit the same vector registers.
template <typename Scalar>
using Place = std::conditional_t<sizeof(Scalar) == 2, int16_t, int32_t>;

// Rows first to last of the result: image by image, from top to bottom. places: null where nobody asks for them. best, place: room for a pixel.
template <typename Scalar>
FOVEA_INLINE void largest_body(const Pooling& p, const Scalar* __restrict from, Scalar* __restrict to, Place<Scalar>* __restrict places, float* __restrict best,
                               int32_t* __restrict place, int64_t first, int64_t last) {
  for (int64_t row = first; row < last; row++) {
    const int64_t image = row / p.result_height, y = row % p.result_height, above = y * p.stride[0] - p.padding[0];
    const Span rows = seen_by(above, p.kernel[0], p.height);
    for (int64_t x = 0; x < p.result_width; x++) {
      const int64_t left = x * p.stride[1] - p.padding[1], at = (row * p.result_width + x) * p.channels;
      const Span columns = seen_by(left, p.kernel[1], p.width);
      for (int64_t c = 0; c < p.channels; c++) best[c] = -std::numeric_limits<float>::infinity();
      for (int64_t c = 0; c < p.channels; c++) place[c] = static_cast<int32_t>((rows.begin - above) * p.kernel[1] + columns.begin - left);
      for (int64_t h = rows.begin; h < rows.end; h++) {
        for (int64_t w = columns.begin; w < columns.end; w++) {
          const Scalar* __restrict pixel = from + ((image * p.height + h) * p.width + w) * p.channels;
          const auto tap = static_cast<int32_t>((h - above) * p.kernel[1] + w - left);
          for (int64_t c = 0; c < p.channels; c++) {
            const float value = wide(pixel[c]);
            const bool is_larger = value > best[c] || value != value;
            best[c] = is_larger ? value : best[c];
            place[c] = is_larger ? tap : place[c];
          }
        }
      }
      for (int64_t c = 0; c < p.channels; c++) put(to + at + c, best[c]);
      if (places == nullptr) continue;
      for (int64_t c = 0; c < p.channels; c++) places[at + c] = static_cast<Place<Scalar>>(place[c]);
    }
  }
}

// Rows first to last of the input; to is the first of them. columns: for each of its columns, the windows that see it. sum: room for a pixel.
template <typename Scalar>
FOVEA_INLINE void gather_body(const Pooling& p, const Span* __restrict columns, const Scalar* __restrict gradient, const Place<Scalar>* __restrict places,
                              Scalar* __restrict to, float* __restrict sum, int64_t first, int64_t last) {
  for (int64_t row = first; row < last; row++) {
    const int64_t image = row / p.height, h = row % p.height;
    const Span rows = seeing(h, p.kernel[0], p.stride[0], p.padding[0], p.result_height);
    for (int64_t w = 0; w < p.width; w++, to += p.channels) {
      const bool is_shared = (rows.end - rows.begin) * (columns[w].end - columns[w].begin) != 1;
      if (is_shared) {
        for (int64_t c = 0; c < p.channels; c++) sum[c] = 0;
      }
      for (int64_t y = rows.begin; y < rows.end; y++) {
        for (int64_t x = columns[w].begin; x < columns[w].end; x++) {
          const auto tap = static_cast<Place<Scalar>>((h - y * p.stride[0] + p.padding[0]) * p.kernel[1] + w - x * p.stride[1] + p.padding[1]);
          const int64_t at = ((image * p.result_height + y) * p.result_width + x) * p.channels;
          if (is_shared) {
            for (int64_t c = 0; c < p.channels; c++) sum[c] += places[at + c] == tap ? wide(gradient[at + c]) : 0.0f;
          } else {
            for (int64_t c = 0; c < p.channels; c++) put(to + c, places[at + c] == tap ? wide(gradient[at + c]) : 0.0f);
          }
        }
      }
      if (!is_shared) continue;
      for (int64_t c = 0; c < p.channels; c++) put(to + c, sum[c]);
    }
  }
}

FOVEA_FOR_TARGETS(largest, largest_body,
                  (const Pooling& p, const Scalar* from, Scalar* to, Place<Scalar>* places, float* best, int32_t* place, int64_t first, int64_t last),
                  (p, from, to, places, best, place, first, last))
FOVEA_FOR_TARGETS(gather, gather_body,
                  (const Pooling& p, const Span* columns, const Scalar* gradient, const Place<Scalar>* places, Scalar* to, float* sum, int64_t first, int64_t last),
                  (p, columns, gradient, places, to, sum, first, last))

at::Tensor like(const at::Tensor& tensor, int64_t height, int64_t width, at::ScalarType type) {
  return at::empty({tensor.size(0), tensor.size(1), height, width}, tensor.options().dtype(type).memory_format(at::MemoryFormat::ChannelsLast));
}

// places: undefined where nobody asks for them.
at::Tensor pool(const at::Tensor& input, const Pooling& p, const at::Tensor& places) {
  at::Tensor result = like(input, p.result_height, p.result_width, input.scalar_type());
  for_scalar(input, [&](auto scalar) {
    using Scalar = decltype(scalar);
    const Scalar* from = input.data_ptr<Scalar>();
    Scalar* to = result.data_ptr<Scalar>();
    auto* found = places.defined() ? places.data_ptr<Place<Scalar>>() : nullptr;
    at::parallel_for(0, p.images * p.result_height, 1, [&](int64_t first, int64_t last) {
      std::vector<float> best(static_cast<size_t>(p.channels));
      std::vector<int32_t> place(best.size());
      largest<Scalar>(p, from, to, found, best.data(), place.data(), first, last);
    });
  });
  return result;
}

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

struct MaxPool : torch::autograd::Function<MaxPool> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const Pooling& p) {
    const at::Tensor places = like(input, p.result_height, p.result_width, input.element_size() == 2 ? at::kShort : at::kInt);
    context->save_for_backward({input, places});
    const auto list = [](const int64_t(&pair)[2]) { return std::vector<int64_t>{pair[0], pair[1]}; };
    context->saved_data["kernel"] = list(p.kernel);
    context->saved_data["stride"] = list(p.stride);
    context->saved_data["padding"] = list(p.padding);
    return pool(input, p, places);
  }

  static tensor_list backward(AutogradContext* context, tensor_list gradients);
};

Pooling pooling_of(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride, at::IntArrayRef padding) {
  const auto of = [](at::IntArrayRef list, size_t axis) { return list[list.size() == 1 ? 0 : axis]; };
  Pooling p{input.size(0), input.size(1), input.size(2), input.size(3), {}, {}, {}, 0, 0};
  for (size_t axis = 0; axis < 2; axis++) {
    p.kernel[axis] = of(kernel, axis);
    p.stride[axis] = of(stride.empty() ? kernel : stride, axis);
    p.padding[axis] = of(padding, axis);
  }
  p.result_height = (p.height + 2 * p.padding[0] - p.kernel[0]) / p.stride[0] + 1;
  p.result_width = (p.width + 2 * p.padding[1] - p.kernel[1]) / p.stride[1] + 1;
  return p;
}

tensor_list MaxPool::backward(AutogradContext* context, tensor_list gradients) {
  const auto saved = context->get_saved_variables();
  const at::Tensor &input = saved[0], &places = saved[1];
  const std::vector<int64_t> kernel = context->saved_data["kernel"].toIntVector(), stride = context->saved_data["stride"].toIntVector(),
                             padding = context->saved_data["padding"].toIntVector();
  // Who wants the gradient of the gradient gets LibTorch's operators, which have one.
  if (at::GradMode::is_enabled()) {
    const at::Tensor indices = std::get<1>(at::max_pool2d_with_indices(input, kernel, stride, padding));
    return {at::max_pool2d_with_indices_backward(gradients[0], input, kernel, stride, padding, {1, 1}, false, indices), {}};
  }
  const Pooling p = pooling_of(input, kernel, stride, padding);
  const at::Tensor gradient = gradients[0].to(input.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
  at::Tensor result = at::empty_like(input);
  std::vector<Span> columns;
  for (int64_t w = 0; w < p.width; w++) columns.push_back(seeing(w, p.kernel[1], p.stride[1], p.padding[1], p.result_width));
  for_scalar(input, [&](auto scalar) {
    using Scalar = decltype(scalar);
    const Scalar* from = gradient.data_ptr<Scalar>();
    Scalar* to = result.data_ptr<Scalar>();
    const auto* place = places.data_ptr<Place<Scalar>>();
    at::parallel_for(0, p.images * p.height, 1, [&](int64_t first, int64_t last) {
      std::vector<float> sum(static_cast<size_t>(p.channels));
      gather<Scalar>(p, columns.data(), from, place, to + first * p.width * p.channels, sum.data(), first, last);
    });
  });
  return {result, {}};
}

bool fits(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool ceil) {
  const auto all = [](at::IntArrayRef list, auto holds) { return (list.size() == 1 || list.size() == 2) && std::all_of(list.begin(), list.end(), holds); };
  if (ceil || input.dim() != 4 || input.numel() == 0 || input.layout() != at::kStrided || input.size(1) == 1 || !input.is_contiguous(at::MemoryFormat::ChannelsLast) ||
      (input.scalar_type() != at::kFloat && input.scalar_type() != at::kBFloat16) || !all(kernel, [](int64_t k) { return k > 0 && k < 16; }) ||
      !(stride.empty() || all(stride, [](int64_t s) { return s > 0; })) || !all(padding, [](int64_t p) { return p >= 0; }) ||
      !all(dilation, [](int64_t d) { return d == 1; })) {
    return false;
  }
  const Pooling p = pooling_of(input, kernel, stride, padding);
  return p.result_height > 0 && p.result_width > 0 && 2 * p.padding[0] <= p.kernel[0] && 2 * p.padding[1] <= p.kernel[1];
}

at::Tensor max_pool(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool ceil) {
  if (!fits(input, kernel, stride, padding, dilation, ceil)) return at::native::max_pool2d(input, kernel, stride, padding, dilation, ceil);
  const Pooling p = pooling_of(input, kernel, stride, padding);
  return at::GradMode::is_enabled() && input.requires_grad() ? MaxPool::apply(input, p) : pool(input, p, {});
}

}  // namespace

TORCH_LIBRARY_IMPL(aten, CPU, library) { library.impl("max_pool2d", &max_pool); }
TORCH_LIBRARY_IMPL(aten, AutogradCPU, library) { library.impl("max_pool2d", &max_pool); }

}  // namespace fovea
