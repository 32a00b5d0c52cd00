// Convolutions as products of matrices, for many channels and few pixels, as the last stages of a classifier have them.
//
// oneDNN's convolutions lay out the weights anew for every pass, and where there are more weights than pixels that takes longer than
// the convolution.
#pragma once

#include <ATen/core/Tensor.h>

namespace fovea {

// What a convolution of images looks at.
struct Window {
  int64_t images, channels, height, width;  // of the input
  int64_t filters, rows, columns;           // of the weight
  int64_t stride[2], padding[2], dilation[2];
  int64_t result_height = (height + 2 * padding[0] - dilation[0] * (rows - 1) - 1) / stride[0] + 1;
  int64_t result_width = (width + 2 * padding[1] - dilation[1] * (columns - 1) - 1) / stride[1] + 1;

  int64_t pixels() const { return images * result_height * result_width; }
  int64_t seen() const { return rows * columns * channels; }

  // Each window is a pixel of the input, and each pixel one.
  bool is_pixel() const {
    return rows * columns == 1 && stride[0] == 1 && stride[1] == 1 && padding[0] == 0 && padding[1] == 0;
  }
};

namespace windows {

// Whether products of that type go to oneDNN here; elsewhere they would be slow.
bool is_fast(at::ScalarType type);

// All tensors have one type, float32 or bfloat16; input, gradient and weight are channels-last.
at::Tensor forward(const at::Tensor& input, const at::Tensor& weight, const Window& window);
at::Tensor of_input(const at::Tensor& gradient, const at::Tensor& weight, const Window& window);
at::Tensor of_weight(const at::Tensor& gradient, const at::Tensor& input, const Window& window);

}  // namespace windows
}  // namespace fovea
