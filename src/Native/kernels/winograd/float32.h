// Convolutions of float32 with windows of 3x3 by a fourth of the products; see float32.cpp.
#pragma once

#include <ATen/core/Tensor.h>

namespace fovea {

class WinogradConvolution {
 public:
  // What an argument of a convolution has to be for one of these, and whether images of such sizes (N, C, H, W) make it the faster way on this CPU.
  static bool suits(const at::Tensor& weight, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int64_t groups, const int64_t* sizes);

  // weight (O, C, 3, 3), bias (O) or undefined, both copied; relu: on what it writes.
  WinogradConvolution(const at::Tensor& weight, const at::Tensor& bias, const int64_t* padding, bool relu);

  // images (N, C, H, W), float32 and channels-last; the result is so too. Threads may share one.
  at::Tensor run(const at::Tensor& images) const;

 private:
  at::Tensor weight_;  // (36, O / 32, C, 32), transformed
  at::Tensor bias_;    // (O)
  int64_t channels_, filters_, padding_[2];
  bool relu_;
};

}  // namespace fovea
