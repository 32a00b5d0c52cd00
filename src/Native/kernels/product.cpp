#include "product.h"

#include <ATen/ATen.h>
#include <ATen/ops/addmm_cpu_dispatch.h>
#include <ATen/ops/mm_cpu_dispatch.h>

#include <string>

#include "guard.h"
#include "replacement.h"
#include "runtime.h"

namespace fovea {
namespace {

// oneDNN's: matrices are stored by rows.
using Sgemm = int (*)(char transpose_a, char transpose_b, int64_t m, int64_t n, int64_t k, float alpha, const float* a, int64_t a_row, const float* b, int64_t b_row,
                      float beta, float* c, int64_t c_row);

Sgemm sgemm() {
  static const auto found = reinterpret_cast<Sgemm>(find_beside_torch("dnnl_sgemm"));
  return found;
}

bool is_by_rows(const at::Tensor& matrix) { return matrix.stride(1) == 1 && matrix.stride(0) >= matrix.size(1); }

bool is_by_columns(const at::Tensor& matrix) { return matrix.stride(0) == 1 && matrix.stride(1) >= matrix.size(0); }

char transposes(const at::Tensor& matrix) { return is_by_rows(matrix) ? 'N' : 'T'; }

int64_t row_of(const at::Tensor& matrix) { return matrix.stride(is_by_rows(matrix) ? 0 : 1); }

// c = alpha * a * b + beta * c
void multiply(const at::Tensor& a, const at::Tensor& b, float alpha, float beta, const at::Tensor& c) {
  const int failed = sgemm()(transposes(a), transposes(b), c.size(0), c.size(1), a.size(1), alpha, a.data_ptr<float>(), row_of(a),
                             b.data_ptr<float>(), row_of(b), beta, c.data_ptr<float>(), c.size(1));
  if (failed != 0) throw Failure(FOVEA_ERROR, "oneDNN's product of matrices failed with status " + std::to_string(failed));
}

// OpenBLAS keeps smaller ones on the calling thread.
constexpr int64_t kSmall = 1 << 18;

bool is_matrix(const at::Tensor& tensor) {
  return tensor.dim() == 2 && tensor.device().is_cpu() && tensor.layout() == at::kStrided && tensor.scalar_type() == at::kFloat && !tensor.is_neg() &&
         (is_by_rows(tensor) || is_by_columns(tensor));
}

bool fits(const at::Tensor& a, const at::Tensor& b) {
  return is_matrix(a) && is_matrix(b) && a.size(1) == b.size(0) && a.size(0) * a.size(1) * b.size(1) > kSmall;
}

at::Tensor mm(const at::Tensor& a, const at::Tensor& b) { return fits(a, b) ? product(a, b) : at::cpu::mm(a, b); }

at::Tensor addmm(const at::Tensor& added, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta, const at::Scalar& alpha) {
  if (!fits(a, b) || added.scalar_type() != at::kFloat || !added.device().is_cpu() || added.dim() > 2) return at::cpu::addmm(added, a, b, beta, alpha);
  at::Tensor c = at::empty({a.size(0), b.size(1)}, a.options());
  c.copy_(added);
  multiply(a, b, alpha.to<float>(), beta.to<float>(), c);
  return c;
}

}  // namespace

bool has_product() { return sgemm() != nullptr; }

at::Tensor product(const at::Tensor& a, const at::Tensor& b) {
  at::Tensor c = at::empty({a.size(0), b.size(1)}, a.options());
  multiply(a, b, 1, 0, c);
  return c;
}

void take_products() {
  if (!has_product()) return;
  replace_kernels(c10::DispatchKey::CPU, [](torch::Library& library) {
    library.impl("mm", &mm);
    library.impl("addmm", &addmm);
  });
}

}  // namespace fovea
