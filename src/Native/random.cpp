#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include <mutex>

#include "handle.h"

using namespace fovea;

namespace fovea {

fovea_generator* own(at::Generator&& generator) { return reinterpret_cast<fovea_generator*>(new at::Generator(std::move(generator))); }

}  // namespace fovea

namespace {

at::Generator default_generator(int device) {
  const c10::Device d = device_of(device);
  if (d.is_cpu()) return at::detail::getDefaultCPUGenerator();
  if (d.is_cuda() && !at::globalContext().hasCUDA()) throw Failure(FOVEA_NOT_FOUND, "there is no CUDA device, so no generator of it");
  return at::globalContext().defaultGenerator(d);
}

}  // namespace

int fovea_seed(int64_t seed) {
  return guard([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

int fovea_generator_new(int device, int64_t seed, fovea_generator** out) {
  return guard([&] {
    given(out, "out");
    at::Generator source = default_generator(device);
    at::Generator made;
    {
      std::lock_guard<std::mutex> lock(source.mutex());
      made = source.clone();
    }
    made.set_current_seed(static_cast<uint64_t>(seed));
    *out = own(std::move(made));
  });
}

int fovea_generator_default(int device, fovea_generator** out) {
  return guard([&] { *given(out, "out") = own(default_generator(device)); });
}

void fovea_generator_free(fovea_generator* generator) { delete reinterpret_cast<at::Generator*>(generator); }

int fovea_generator_set_seed(fovea_generator* generator, int64_t seed) {
  return guard([&] {
    at::Generator& g = generator_of(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    g.set_current_seed(static_cast<uint64_t>(seed));
  });
}

int fovea_generator_get_seed(const fovea_generator* generator, int64_t* out) {
  return guard([&] {
    at::Generator& g = generator_of(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    *given(out, "out") = static_cast<int64_t>(g.current_seed());
  });
}

int fovea_generator_get_state(const fovea_generator* generator, fovea_tensor** out) {
  return guard([&] {
    at::Generator& g = generator_of(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    *given(out, "out") = own(g.get_state());
  });
}

int fovea_generator_set_state(fovea_generator* generator, const fovea_tensor* state) {
  return guard([&] {
    at::Generator& g = generator_of(generator);
    const at::Tensor& s = tensor_of(state, "state");
    std::lock_guard<std::mutex> lock(g.mutex());
    g.set_state(s);
  });
}
