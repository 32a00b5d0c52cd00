#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include "handle.h"
#include "runtime.h"

using namespace fovea;

int fovea_tensor_set_requires_grad(fovea_tensor* tensor, int requires_grad) {
  return guard([&] {
    at::Tensor& t = tensor_of(tensor);
    if (requires_grad == 0 && t.requires_grad() && !t.is_leaf()) {
      throw Failure(FOVEA_ERROR, "only a leaf can stop asking for gradients; the result of an operation is detached instead");
    }
    t.set_requires_grad(requires_grad != 0);
  });
}

int fovea_tensor_get_grad(const fovea_tensor* tensor, fovea_tensor** out) {
  return guard([&] { *given(out, "out") = own(at::Tensor(tensor_of(tensor).grad())); });
}

int fovea_tensor_set_grad(fovea_tensor* tensor, const fovea_tensor* grad) {
  return guard([&] {
    at::Tensor& t = tensor_of(tensor);
    if (grad == nullptr) {
      t.mutable_grad().reset();
      return;
    }
    const at::Tensor& g = tensor_of(grad);
    if (g.sizes() != t.sizes() || g.device() != t.device() || g.scalar_type() != t.scalar_type()) {
      throw Failure(FOVEA_BAD_ARGUMENT, "a gradient has the shape, element type and device of its tensor: wanted " + t.toString() + " " +
                                            c10::str(t.sizes()) + ", got " + g.toString() + " " + c10::str(g.sizes()));
    }
    t.mutable_grad() = g;
  });
}

int fovea_tensor_set_data(fovea_tensor* tensor, const fovea_tensor* source) {
  return guard([&] { tensor_of(tensor).set_data(tensor_of(source, "source")); });
}

int fovea_backward(fovea_tensor* const* outputs, fovea_tensor* const* gradients, int outputs_count, int retain_graph, int create_graph) {
  return guard([&] {
    given(outputs, "outputs");
    follow_thread_count();
    torch::autograd::backward(tensors_of(outputs, outputs_count, "outputs"), tensors_of(gradients, outputs_count, "gradients"),
                              retain_graph != 0 || create_graph != 0, create_graph != 0);
  });
}

int fovea_grad(fovea_tensor* const* outputs, fovea_tensor* const* gradients, int outputs_count, fovea_tensor* const* inputs,
               int inputs_count, int retain_graph, int create_graph, int allow_unused, fovea_tensor** results) {
  return guard([&] {
    given(outputs, "outputs");
    given(inputs, "inputs");
    given(results, "results");
    follow_thread_count();
    auto grads = torch::autograd::grad(tensors_of(outputs, outputs_count, "outputs"), tensors_of(inputs, inputs_count, "inputs"),
                                       tensors_of(gradients, outputs_count, "gradients"), retain_graph != 0 || create_graph != 0,
                                       create_graph != 0, allow_unused != 0);
    for (int i = 0; i < inputs_count; i++) results[i] = own(std::move(grads[i]));
  });
}

int fovea_grad_mode(int enabled, int* previous) {
  return guard([&] {
    const bool was = c10::GradMode::is_enabled();
    if (enabled >= 0) c10::GradMode::set_enabled(enabled != 0);
    if (previous != nullptr) *previous = was;
  });
}

namespace {

// The innermost one of this thread. Leaving another would put the thread's dispatch state back to the wrong place.
struct InferenceRegion {
  explicit InferenceRegion(bool enabled) : mode(enabled) {}
  c10::InferenceMode mode;
  InferenceRegion* outer = nullptr;
};

thread_local InferenceRegion* innermost = nullptr;

}  // namespace

int fovea_inference_mode_enter(int enabled, void** guard_out) {
  return guard([&] {
    given(guard_out, "guard");
    auto* region = new InferenceRegion(enabled != 0);
    region->outer = innermost;
    *guard_out = innermost = region;
  });
}

int fovea_inference_mode_leave(void* mode) {
  return guard([&] {
    if (given(mode, "guard") != innermost) {
      throw Failure(FOVEA_BAD_ARGUMENT, "inference mode is left on the thread that entered it, and the innermost first");
    }
    InferenceRegion* left = innermost;
    innermost = left->outer;
    delete left;
  });
}

int fovea_inference_mode_is(int* out) {
  return guard([&] { *given(out, "out") = c10::InferenceMode::is_enabled(); });
}

int fovea_anomaly_mode(int enabled, int* previous) {
  return guard([&] {
    const bool was = torch::autograd::AnomalyMode::is_enabled();
    if (enabled >= 0) torch::autograd::AnomalyMode::set_enabled(enabled != 0);
    if (previous != nullptr) *previous = was;
  });
}
