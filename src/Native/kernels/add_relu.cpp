// A residual block's end. LibTorch's add and ReLU are two passes, and in bfloat16 each takes several times as long as the memory does.
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include "handle.h"
#include "scalars.h"

namespace fovea {
namespace {

constexpr int64_t kGrain = 32768;

// NaN is not below 0 and stays.
template <typename Scalar>
FOVEA_INLINE void add_relu_body(Scalar* __restrict sum, const Scalar* __restrict other, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    const float s = wide(sum[i]) + wide(other[i]);
    put(sum + i, s < 0 ? 0 : s);
  }
}

FOVEA_FOR_TARGETS(add_relu, add_relu_body, (Scalar* sum, const Scalar* other, int64_t count), (sum, other, count))

}  // namespace
}  // namespace fovea

using namespace fovea;

int fovea_add_relu(fovea_tensor* sum, const fovea_tensor* other) {
  return guard([&] {
    at::Tensor& s = tensor_of(sum, "sum");
    at::Tensor o = tensor_of(other, "other").detach();
    const at::ScalarType type = s.scalar_type();
    if (!s.device().is_cpu() || !o.device().is_cpu() || o.scalar_type() != type || (type != at::kFloat && type != at::kBFloat16) || o.sizes() != s.sizes() ||
        !s.is_non_overlapping_and_dense()) {
      throw Failure(FOVEA_BAD_ARGUMENT, "wanted two dense tensors of one shape, float32 or bfloat16, on the CPU; got " + s.toString() + " of " + c10::str(s.sizes()) + " and " +
                                            o.toString() + " of " + c10::str(o.sizes()));
    }
    const at::NoGradGuard frozen;
    if (o.strides() != s.strides()) o = at::empty_like(s).copy_(o);
    follow_thread_count();
    for_scalar(s, [&](auto scalar) {
      using Scalar = decltype(scalar);
      auto* const to = s.data_ptr<Scalar>();
      const auto* const from = o.data_ptr<Scalar>();
      at::parallel_for(0, s.numel(), kGrain, [&](int64_t begin, int64_t end) { add_relu(to + begin, from + begin, end - begin); });
    });
    if (!s.is_inference()) s.unsafeGetTensorImpl()->bump_version();
  });
}
