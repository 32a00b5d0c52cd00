// Between handles and LibTorch's objects. A fovea_tensor is an at::Tensor on the heap, nothing more, so that a handle of
// TorchSharp's package is one too.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <vector>

#include "guard.h"

namespace fovea {

// Gives the tensor an owner outside; NULL for the undefined tensor.
fovea_tensor* own(at::Tensor&& tensor);

fovea_generator* own(at::Generator&& generator);

inline const at::Tensor& tensor_of(const fovea_tensor* handle, const char* name = "tensor") {
  return *reinterpret_cast<const at::Tensor*>(given(handle, name));
}

inline at::Tensor& tensor_of(fovea_tensor* handle, const char* name = "tensor") {
  return *reinterpret_cast<at::Tensor*>(given(handle, name));
}

inline at::Generator& generator_of(const fovea_generator* handle) {
  return *const_cast<at::Generator*>(reinterpret_cast<const at::Generator*>(given(handle, "generator")));
}

// NULL entries become undefined tensors; a NULL list is a list of them.
std::vector<at::Tensor> tensors_of(fovea_tensor* const* handles, int count, const char* name);

// FOVEA_DEVICE's number.
c10::Device device_of(int64_t device);
int32_t number_of(c10::Device device);

c10::ScalarType dtype_of(int64_t dtype);

}  // namespace fovea
