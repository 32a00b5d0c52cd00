#include "autocast.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

#include "handle.h"

namespace fovea {

// LibTorch 2.4 gave autocast one set of functions for all devices and deprecated the older ones.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)

static bool autocast_enabled(c10::DeviceType type) { return at::autocast::is_autocast_enabled(type); }
c10::ScalarType autocast_dtype(c10::DeviceType type) { return at::autocast::get_autocast_dtype(type); }
static void set_autocast_enabled(c10::DeviceType type, bool enabled) { at::autocast::set_autocast_enabled(type, enabled); }
static void set_autocast_dtype(c10::DeviceType type, c10::ScalarType dtype) { at::autocast::set_autocast_dtype(type, dtype); }

#else

static bool autocast_enabled(c10::DeviceType type) {
  return type == c10::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}
c10::ScalarType autocast_dtype(c10::DeviceType type) {
  return type == c10::kCPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
}
static void set_autocast_enabled(c10::DeviceType type, bool enabled) {
  type == c10::kCPU ? at::autocast::set_cpu_enabled(enabled) : at::autocast::set_enabled(enabled);
}
static void set_autocast_dtype(c10::DeviceType type, c10::ScalarType dtype) {
  type == c10::kCPU ? at::autocast::set_autocast_cpu_dtype(dtype) : at::autocast::set_autocast_gpu_dtype(dtype);
}

#endif

}  // namespace fovea

using namespace fovea;

int fovea_autocast(int device, int enabled, int dtype, int* previous_enabled, int* previous_dtype) {
  return guard([&] {
    const c10::DeviceType type = device_of(device).type();
    if (type != c10::kCPU && type != c10::kCUDA) {
      throw Failure(FOVEA_BAD_ARGUMENT, "autocast is of the CPU or of CUDA, not of " + c10::DeviceTypeName(type));
    }
    if (dtype != -1 && dtype_of(dtype) != c10::kBFloat16 && dtype_of(dtype) != c10::kHalf) {
      throw Failure(FOVEA_BAD_ARGUMENT, std::string("autocast computes in bfloat16 or float16, not in ") + c10::toString(dtype_of(dtype)));
    }
    const bool was_enabled = autocast_enabled(type);
    const c10::ScalarType was_dtype = autocast_dtype(type);
    if (dtype != -1) set_autocast_dtype(type, dtype_of(dtype));
    if (enabled >= 0) {
      set_autocast_enabled(type, enabled != 0);
      if (enabled == 0) at::autocast::clear_cache();
    }
    if (previous_enabled != nullptr) *previous_enabled = was_enabled;
    if (previous_dtype != nullptr) *previous_dtype = static_cast<int>(was_dtype);
  });
}
