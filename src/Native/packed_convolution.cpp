#include <ATen/Functions.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>

#include <memory>

#include "handle.h"
#include "kernels/winograd/float32.h"
#include "runtime.h"
#include "values.h"

struct fovea_convolution {
  c10::IValue packed;                                    // oneDNN's,
  std::unique_ptr<fovea::WinogradConvolution> winograd;  // or this
  at::ScalarType type;
};

namespace fovea {
namespace {

c10::OperatorHandle onednn(const char* name) {
  const auto found = c10::Dispatcher::singleton().findSchema({name, ""});
  if (!found) throw Failure(FOVEA_NOT_FOUND, std::string("this LibTorch has no ") + name + ": it was built without oneDNN");
  return *found;
}

c10::IValue call(const c10::OperatorHandle& op, std::initializer_list<c10::IValue> arguments) {
  CallState& state = call_state();
  follow_thread_count(state.thread_generation);
  StackLease lease(state);
  for (const c10::IValue& argument : arguments) lease->push_back(argument);
  op.callBoxed(*lease);
  c10::IValue result = std::move(lease->back());
  lease->pop_back();
  return result;
}

std::vector<int64_t> numbers(const int64_t* first, size_t count, const char* name) { return {given(first, name), first + count}; }

at::Tensor channels_last(const at::Tensor& images) {
  const at::Tensor laid = images.contiguous(at::MemoryFormat::ChannelsLast);
  if (laid.suggest_memory_format() == at::MemoryFormat::ChannelsLast) return laid;
  // With one channel or one pixel the strides can be those of both layouts, and LibTorch then takes the other one.
  const int64_t channels = laid.size(1), row = laid.size(3) * channels;
  return laid.as_strided(laid.sizes(), {laid.size(2) * row, 1, row, channels});
}

}  // namespace
}  // namespace fovea

using namespace fovea;

int fovea_convolution_pack(const fovea_tensor* weight, const fovea_tensor* bias, const int64_t* stride, const int64_t* padding, const int64_t* dilation,
                           int64_t groups, const int64_t* sizes, int relu, fovea_convolution** out) {
  return guard([&] {
    static const c10::OperatorHandle pack = onednn("mkldnn_prepacked::conv2d_prepack");
    given(out, "out");
    const at::Tensor& w = tensor_of(weight, "weight");
    if (w.dim() != 4 || !w.device().is_cpu() || (w.scalar_type() != at::kFloat && w.scalar_type() != at::kBFloat16)) {
      throw Failure(FOVEA_BAD_ARGUMENT, "weight: wanted four dimensions of float32 or bfloat16 on the CPU, got " + std::to_string(w.dim()) + " of " + w.toString());
    }
    const at::NoGradGuard frozen;
    if (WinogradConvolution::suits(w, given(stride, "stride"), given(padding, "padding"), given(dilation, "dilation"), groups, given(sizes, "sizes"))) {
      auto winograd = std::make_unique<WinogradConvolution>(w.detach(), bias != nullptr ? tensor_of(bias).detach() : at::Tensor(), padding, relu != 0);
      *out = new fovea_convolution{{}, std::move(winograd), w.scalar_type()};
      return;
    }
    c10::optional<at::Tensor> b;
    if (bias != nullptr) b = tensor_of(bias).detach().clone();
    at::Tensor laid = channels_last(w.detach());
    auto packed = call(pack, {laid, b, numbers(stride, 2, "stride"), numbers(padding, 2, "padding"), numbers(dilation, 2, "dilation"), groups,
                              numbers(sizes, 4, "sizes"), std::string(relu != 0 ? "relu" : "none")});
    // The packed convolution holds this tensor too, for TorchScript's files: what it was packed from need not stay.
    laid.set_data(at::empty({0}, laid.options()));
    *out = new fovea_convolution{std::move(packed), nullptr, w.scalar_type()};
  });
}

int fovea_convolution_run(const fovea_convolution* convolution, const fovea_tensor* images, fovea_tensor** out) {
  return guard([&] {
    static const c10::OperatorHandle run = onednn("mkldnn_prepacked::conv2d_run");
    given(convolution, "convolution");
    given(out, "out");
    const at::Tensor& x = tensor_of(images, "images");
    if (x.dim() != 4 || !x.device().is_cpu()) {
      throw Failure(FOVEA_BAD_ARGUMENT, "images: wanted four dimensions on the CPU, got " + std::to_string(x.dim()) + " of " + x.toString());
    }
    const at::NoGradGuard frozen;
    const at::Tensor laid = channels_last(x.detach().to(convolution->type));
    if (convolution->winograd) {
      follow_thread_count();
      *out = own(convolution->winograd->run(laid));
      return;
    }
    *out = own(call(run, {laid, convolution->packed}).toTensor());
  });
}

void fovea_convolution_free(fovea_convolution* convolution) { delete convolution; }
