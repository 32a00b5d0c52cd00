// Products of float32 matrices by oneDNN, where LibTorch would hand them to a BLAS with threads of its own.
#pragma once

#include <ATen/core/Tensor.h>

namespace fovea {

// Whether this LibTorch's oneDNN offers it: a shared library of the system does, one inside a wheel does not, and has a better BLAS.
bool has_product();

// a * b, both of float32, without gaps, stored by rows or by columns.
at::Tensor product(const at::Tensor& a, const at::Tensor& b);

// From here on LibTorch's own mm and addmm take it for large float32 matrices of the CPU.
void take_products();

}  // namespace fovea
