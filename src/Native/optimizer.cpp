// One pass over the memory of each parameter where torch.optim's operators take five (SGD) to ten (Adam). The step is
// bound by memory bandwidth, so that is what counts. The order of rounding is torch.optim's.
#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <atomic>
#include <cmath>

#include "handle.h"
#include "kernels/targets.h"
#include "runtime.h"

namespace fovea {
namespace {

// 256 KiB of each array: large enough that the threads' start costs nothing, small enough to share out evenly.
constexpr int64_t kChunk = 65536;

struct SgdNumbers {
  float rate, momentum, taken, decay, sign;  // taken: the share of the gradient the buffer takes
  bool nesterov, first;
};

struct AdamNumbers {
  float step, beta1, taken1, beta2, taken2, root, epsilon, decay, shrink, sign;
};

// Where a parameter's arrays begin; what a step does not use is null.
struct Arrays {
  float* parameter;
  const float* gradient;
  float* first;   // momentum, or first moment
  float* second;  // second moment
  float* third;   // its maximum
};

template <bool Momentum>
FOVEA_INLINE void sgd_body(const SgdNumbers& n, const Arrays& a, int64_t begin, int64_t end) {
  float* __restrict p = a.parameter;
  const float* __restrict g = a.gradient;
  float* __restrict m = a.first;
  for (int64_t i = begin; i < end; i++) {
    float d = n.sign * g[i] + n.decay * p[i];
    if (Momentum) {
      const float b = n.first ? d : m[i] * n.momentum + n.taken * d;
      m[i] = b;
      d = n.nesterov ? d + n.momentum * b : b;
    }
    p[i] -= n.rate * d;
  }
}

template <bool Amsgrad>
FOVEA_INLINE void adam_body(const AdamNumbers& n, const Arrays& a, int64_t begin, int64_t end) {
  float* __restrict p = a.parameter;
  const float* __restrict g = a.gradient;
  float* __restrict m = a.first;
  float* __restrict v = a.second;
  float* __restrict x = a.third;
  for (int64_t i = begin; i < end; i++) {
    const float weight = p[i] * n.shrink;
    const float d = n.sign * g[i] + n.decay * weight;
    const float average = m[i] * n.beta1 + n.taken1 * d;
    const float square = v[i] * n.beta2 + n.taken2 * d * d;
    m[i] = average;
    v[i] = square;
    float largest = square;
    if (Amsgrad) {
      largest = x[i] > square || x[i] != x[i] ? x[i] : square;  // NaN stays
      x[i] = largest;
    }
    p[i] = weight - n.step * (average / (std::sqrt(largest) / n.root + n.epsilon));
  }
}

#define FOVEA_STEPS(name, ...)                                                                                                       \
  __VA_ARGS__ void sgd_##name(const SgdNumbers& n, const Arrays& a, int64_t begin, int64_t end) {                                    \
    a.first != nullptr ? sgd_body<true>(n, a, begin, end) : sgd_body<false>(n, a, begin, end);                                       \
  }                                                                                                                                  \
  __VA_ARGS__ void adam_##name(const AdamNumbers& n, const Arrays& a, int64_t begin, int64_t end) {                                  \
    a.third != nullptr ? adam_body<true>(n, a, begin, end) : adam_body<false>(n, a, begin, end);                                     \
  }

FOVEA_STEPS(any, )
FOVEA_STEPS(avx2, FOVEA_AVX2)
FOVEA_STEPS(avx512, FOVEA_AVX512)

void fits(const at::Tensor& tensor, const at::Tensor& parameter, const char* what, int index) {
  if (!tensor.defined()) throw Failure(FOVEA_BAD_ARGUMENT, std::string(what) + " " + std::to_string(index) + " is NULL");
  if (!tensor.device().is_cpu() || tensor.layout() != at::kStrided || tensor.scalar_type() != at::kFloat || !tensor.is_non_overlapping_and_dense()) {
    throw Failure(FOVEA_BAD_ARGUMENT, std::string(what) + " " + std::to_string(index) + ": wanted a dense float32 tensor of the CPU, got " + tensor.toString());
  }
  if (tensor.sizes() != parameter.sizes()) {
    throw Failure(FOVEA_BAD_ARGUMENT, std::string(what) + " " + std::to_string(index) + ": wanted the parameter's shape " + c10::str(parameter.sizes()) +
                                          ", got " + c10::str(tensor.sizes()));
  }
}

float* state_of(const at::Tensor& tensor, const at::Tensor& parameter, const char* what, int index) {
  fits(tensor, parameter, what, index);
  if (tensor.strides() != parameter.strides()) {
    throw Failure(FOVEA_BAD_ARGUMENT, std::string(what) + " " + std::to_string(index) + " lies in another memory format than its parameter");
  }
  return tensor.data_ptr<float>();
}

void changed(const at::Tensor& tensor) {
  if (!tensor.is_inference()) tensor.unsafeGetTensorImpl()->bump_version();
}

// The parameters that have a gradient, checked before any of them is touched, and what keeps their memory alive.
class Step {
 public:
  Step(int count, fovea_tensor* const* parameters, fovea_tensor* const* gradients) : count_(count) {
    given(parameters, "parameters");
    given(gradients, "gradients");
    parameters_ = tensors_of(parameters, count, "parameters");
    gradients_ = tensors_of(gradients, count, "gradients");
    arrays_.resize(static_cast<size_t>(count), Arrays{});
    for (int i = 0; i < count; i++) {
      if (!gradients_[i].defined()) continue;
      fits(parameters_[i], parameters_[i], "parameter", i);
      fits(gradients_[i], parameters_[i], "gradient", i);
      // A gradient may come in another memory format than its parameter (channels-last); element must meet element.
      if (gradients_[i].strides() != parameters_[i].strides()) gradients_[i] = at::empty_like(parameters_[i]).copy_(gradients_[i]);
      arrays_[i].parameter = parameters_[i].data_ptr<float>();
      arrays_[i].gradient = gradients_[i].data_ptr<float>();
    }
  }

  void add(fovea_tensor* const* states, float* Arrays::*field, const char* what) {
    std::vector<at::Tensor> tensors = tensors_of(states, count_, what);
    for (int i = 0; i < count_; i++) {
      if (!gradients_[i].defined()) continue;
      arrays_[i].*field = state_of(tensors[i], parameters_[i], what, i);
      states_.push_back(std::move(tensors[i]));
    }
  }

  template <typename Numbers>
  void run(void (*body)(const Numbers&, const Arrays&, int64_t, int64_t), const Numbers& numbers) {
    struct Piece {
      const Arrays* arrays;
      int64_t begin, end;
    };
    std::vector<Piece> pieces;
    for (int i = 0; i < count_; i++) {
      const int64_t elements = gradients_[i].defined() ? parameters_[i].numel() : 0;
      for (int64_t begin = 0; begin < elements; begin += kChunk) pieces.push_back({&arrays_[i], begin, std::min(begin + kChunk, elements)});
    }
    follow_thread_count();
    // Each thread takes the next piece: one whose core has something else to do as well does not keep the others waiting.
    std::atomic<size_t> next{0};
    at::parallel_for(0, at::get_num_threads(), 1, [&](int64_t, int64_t) {
      for (size_t k; (k = next.fetch_add(1, std::memory_order_relaxed)) < pieces.size();) body(numbers, *pieces[k].arrays, pieces[k].begin, pieces[k].end);
    });
    for (int i = 0; i < count_; i++) {
      if (gradients_[i].defined()) changed(parameters_[i]);
    }
    for (const at::Tensor& state : states_) changed(state);
  }

 private:
  int count_;
  std::vector<at::Tensor> parameters_, gradients_, states_;
  std::vector<Arrays> arrays_;
};

}  // namespace
}  // namespace fovea

using namespace fovea;

int fovea_sgd_step(const fovea_sgd* options, int count, fovea_tensor* const* parameters, fovea_tensor* const* gradients,
                   fovea_tensor* const* momentum_buffers) {
  return guard([&] {
    const fovea_sgd& o = *given(options, "options");
    Step step(count, parameters, gradients);
    if (o.momentum != 0) step.add(given(momentum_buffers, "momentum_buffers"), &Arrays::first, "momentum buffer");
    if (o.nesterov && (o.momentum <= 0 || o.dampening != 0)) throw Failure(FOVEA_BAD_ARGUMENT, "Nesterov's momentum wants momentum above 0 and no dampening");
    const SgdNumbers numbers{static_cast<float>(o.learning_rate),
                             static_cast<float>(o.momentum),
                             static_cast<float>(1 - o.dampening),
                             static_cast<float>(o.weight_decay),
                             o.maximize ? -1.0f : 1.0f,
                             o.nesterov != 0,
                             o.first != 0};
    static const auto body = chosen(&sgd_avx512, &sgd_avx2, &sgd_any);
    step.run(body, numbers);
  });
}

int fovea_adam_step(const fovea_adam* options, int count, fovea_tensor* const* parameters, fovea_tensor* const* gradients,
                    fovea_tensor* const* averages, fovea_tensor* const* square_averages, fovea_tensor* const* maximum_square_averages) {
  return guard([&] {
    const fovea_adam& o = *given(options, "options");
    if (o.step < 1) throw Failure(FOVEA_BAD_ARGUMENT, "step: wanted at least 1, got " + std::to_string(o.step));
    Step step(count, parameters, gradients);
    step.add(given(averages, "averages"), &Arrays::first, "average");
    step.add(given(square_averages, "square_averages"), &Arrays::second, "square average");
    if (o.amsgrad) step.add(given(maximum_square_averages, "maximum_square_averages"), &Arrays::third, "maximum square average");
    const double correction1 = 1 - std::pow(o.beta1, static_cast<double>(o.step)), correction2 = 1 - std::pow(o.beta2, static_cast<double>(o.step));
    const AdamNumbers numbers{static_cast<float>(o.learning_rate / correction1),
                              static_cast<float>(o.beta1),
                              static_cast<float>(1 - o.beta1),
                              static_cast<float>(o.beta2),
                              static_cast<float>(1 - o.beta2),
                              static_cast<float>(std::sqrt(correction2)),
                              static_cast<float>(o.epsilon),
                              static_cast<float>(o.decoupled ? 0 : o.weight_decay),
                              static_cast<float>(o.decoupled ? 1 - o.learning_rate * o.weight_decay : 1),
                              o.maximize ? -1.0f : 1.0f};
    static const auto body = chosen(&adam_avx512, &adam_avx2, &adam_any);
    step.run(body, numbers);
  });
}
