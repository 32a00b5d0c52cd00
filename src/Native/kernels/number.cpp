// A small tensor and a number. LibTorch makes a tensor of the number, casts it by a copy and promotes types, which takes twice as long as all else.
#include <ATen/EmptyTensor.h>
#include <ATen/ops/add_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/div_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/mul_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/sub_compositeexplicitautograd_dispatch.h>
#include <torch/library.h>

#include <functional>

namespace fovea {
namespace {

// Of more, LibTorch's vector code and threads are worth their way.
constexpr int64_t kFew = 4096;

// Where the result is of the tensor's type and order, and every operation is rounded once, so that all ways to it give the same bits.
bool fits(const at::Tensor& tensor, const at::Scalar& number) {
  const at::ScalarType type = tensor.scalar_type();
  return (type == at::kFloat || type == at::kDouble) && tensor.numel() <= kFew && tensor.is_contiguous() && !tensor.has_names() &&
         !tensor.unsafeGetTensorImpl()->is_wrapped_number() && (number.isFloatingPoint() || number.isIntegral(/*includeBool=*/false));
}

template <typename Real, typename Operation>
void each(const at::Tensor& tensor, const at::Scalar& number, const at::Tensor& result, const Operation& operation) {
  // Not Scalar::to, which refuses a double above the largest float; LibTorch makes it infinite.
  const Real other = number.isFloatingPoint() ? static_cast<Real>(number.toDouble()) : static_cast<Real>(number.toLong());
  const Real* from = tensor.data_ptr<Real>();
  Real* to = result.data_ptr<Real>();
  const int64_t count = tensor.numel();
  for (int64_t i = 0; i < count; i++) to[i] = operation(from[i], other);
}

template <typename Operation>
at::Tensor each(const at::Tensor& tensor, const at::Scalar& number, const Operation& operation) {
  const at::Tensor result = at::detail::empty_cpu(tensor.sizes(), tensor.scalar_type());
  tensor.scalar_type() == at::kFloat ? each<float>(tensor, number, result, operation) : each<double>(tensor, number, result, operation);
  return result;
}

at::Tensor add(const at::Tensor& tensor, const at::Scalar& number, const at::Scalar& alpha) {
  return fits(tensor, number) && alpha.equal(1) ? each(tensor, number, std::plus<>()) : at::compositeexplicitautograd::add(tensor, number, alpha);
}

at::Tensor subtract(const at::Tensor& tensor, const at::Scalar& number, const at::Scalar& alpha) {
  return fits(tensor, number) && alpha.equal(1) ? each(tensor, number, std::minus<>()) : at::compositeexplicitautograd::sub(tensor, number, alpha);
}

at::Tensor multiply(const at::Tensor& tensor, const at::Scalar& number) {
  return fits(tensor, number) ? each(tensor, number, std::multiplies<>()) : at::compositeexplicitautograd::mul(tensor, number);
}

at::Tensor divide(const at::Tensor& tensor, const at::Scalar& number) {
  return fits(tensor, number) ? each(tensor, number, std::divides<>()) : at::compositeexplicitautograd::div(tensor, number);
}

}  // namespace

TORCH_LIBRARY_IMPL(aten, CPU, library) {
  library.impl("add.Scalar", &add);
  library.impl("sub.Scalar", &subtract);
  library.impl("mul.Scalar", &multiply);
  library.impl("div.Scalar", &divide);
}

}  // namespace fovea
