// Convolutions as products of matrices, for many channels and few pixels, as the last stages of a classifier have them.
//
// oneDNN's convolutions lay out the weights anew for every pass, and where there are more weights than pixels that takes longer than
// the convolution.
#pragma once

#include <ATen/core/Tensor.h>

#include "window.h"

namespace fovea::windows {

// Whether products of that type go to oneDNN here; elsewhere they would be slow.
bool is_fast(at::ScalarType type);

// All tensors have one type, float32 or bfloat16; input, gradient and weight are channels-last.
at::Tensor forward(const at::Tensor& input, const at::Tensor& weight, const Window& window);
at::Tensor of_input(const at::Tensor& gradient, const at::Tensor& weight, const Window& window);
at::Tensor of_weight(const at::Tensor& gradient, const at::Tensor& input, const Window& window);

}  // namespace fovea::windows
