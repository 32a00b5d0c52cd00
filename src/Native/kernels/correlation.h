// The gradient of a convolution's weight in bfloat16: the sum over all pixels of gradient times window.
//
// oneDNN 2.6 is slow at it where windows do not move by single pixels. Sums are float32.
#pragma once

#include <ATen/core/Tensor.h>

#include "window.h"

namespace fovea::correlation {

// Channels and filters come in as many, and a window has at most kMostTaps pixels.
constexpr int64_t kChannels = 16, kMostTaps = 64;

#ifdef __x86_64__

// gradient (N, O, H', W') and input (N, C, H, W) are bfloat16, weight (O, C, rows, columns) float32 or bfloat16, all channels-last. In the weight's type.
at::Tensor of_weight(const at::Tensor& gradient, const at::Tensor& input, const at::Tensor& weight, const Window& window);

#else

inline at::Tensor of_weight(const at::Tensor&, const at::Tensor&, const at::Tensor&, const Window&) { return {}; }

#endif

}  // namespace fovea::correlation
