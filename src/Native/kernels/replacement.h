// Kernels for operators and devices that LibTorch has kernels for already.
#pragma once

#include <torch/library.h>

#include <functional>

namespace fovea {

// What add registers comes before LibTorch's own, for as long as the process lasts.
void replace_kernels(c10::DispatchKey key, const std::function<void(torch::Library&)>& add);

}  // namespace fovea
