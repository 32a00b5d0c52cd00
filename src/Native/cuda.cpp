// CUDA without its toolkit: LibTorch's own functions where it has them, the driver by its C interface for the rest. Only
// the figures of the caching allocator need a header of the toolkit.
#include "cuda.h"

#include <dlfcn.h>
#include <torch/cuda.h>
#ifdef FOVEA_CUDA_HEADERS
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#endif

#include <string>

#include "guard.h"

namespace fovea {
namespace {

// CUdevice_attribute of cuda.h, which the driver keeps for good.
constexpr int kMajor = 75, kMinor = 76;

struct Driver {
  int (*device_get)(int*, int) = nullptr;
  int (*device_name)(char*, int, int) = nullptr;
  int (*device_attribute)(int*, int, int) = nullptr;
  int (*primary_retain)(void**, int) = nullptr;
  int (*primary_release)(int) = nullptr;
  int (*context_push)(void*) = nullptr;
  int (*context_pop)(void**) = nullptr;
  int (*memory_info)(size_t*, size_t*) = nullptr;
  bool loaded = false;
};

template <typename Function>
bool bind(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

const Driver& driver() {
  static const Driver loaded = [] {
    Driver d;
    int (*init)(unsigned) = nullptr;
    void* library = dlopen("libcuda.so.1", RTLD_LAZY);
    d.loaded = library != nullptr && bind(library, "cuInit", init) && bind(library, "cuDeviceGet", d.device_get) &&
               bind(library, "cuDeviceGetName", d.device_name) && bind(library, "cuDeviceGetAttribute", d.device_attribute) &&
               bind(library, "cuDevicePrimaryCtxRetain", d.primary_retain) && bind(library, "cuDevicePrimaryCtxRelease_v2", d.primary_release) &&
               bind(library, "cuCtxPushCurrent_v2", d.context_push) && bind(library, "cuCtxPopCurrent_v2", d.context_pop) &&
               bind(library, "cuMemGetInfo_v2", d.memory_info) && init(0) == 0;
    return d;
  }();
  return loaded;
}

void ask(int result, const char* what) {
  if (result != 0) throw Failure(FOVEA_ERROR, std::string("the CUDA driver says ") + std::to_string(result) + " to " + what);
}

void check_index(int index) {
  const int devices = static_cast<int>(torch::cuda::device_count());
  if (index < 0 || index >= devices) {
    throw Failure(FOVEA_NOT_FOUND, "there is no CUDA device " + std::to_string(index) + "; this LibTorch sees " + std::to_string(devices));
  }
}

int attribute(int device, int which) {
  int value = 0;
  ask(driver().device_attribute(&value, which, device), "cuDeviceGetAttribute");
  return value;
}

}  // namespace

bool cuda_has_fast_bfloat16() {
  const int devices = static_cast<int>(torch::cuda::device_count());
  for (int index = 0; index < devices && driver().loaded; index++) {
    int device = 0, major = 0;
    if (driver().device_get(&device, index) == 0 && driver().device_attribute(&major, kMajor, device) == 0 && major >= 8) return true;
  }
  return false;
}

}  // namespace fovea

using namespace fovea;

int fovea_cuda_get_device(int index, fovea_cuda_device* out) {
  return guard([&] {
    given(out, "out");
    check_index(index);
    if (!driver().loaded) throw Failure(FOVEA_ERROR, "libcuda.so.1 cannot be loaded or lacks functions");
    fovea_cuda_device d{};
    int device = 0;
    ask(driver().device_get(&device, index), "cuDeviceGet");
    ask(driver().device_name(d.name, sizeof d.name, device), "cuDeviceGetName");
    d.major = attribute(device, kMajor);
    d.minor = attribute(device, kMinor);
    void* context = nullptr;
    ask(driver().primary_retain(&context, device), "cuDevicePrimaryCtxRetain");
    size_t free_bytes = 0, total_bytes = 0;
    int result = driver().context_push(context);
    if (result == 0) {
      result = driver().memory_info(&free_bytes, &total_bytes);
      driver().context_pop(&context);
    }
    driver().primary_release(device);
    ask(result, "cuMemGetInfo");
    d.free_bytes = static_cast<int64_t>(free_bytes);
    d.total_bytes = static_cast<int64_t>(total_bytes);
#ifdef FOVEA_CUDA_HEADERS
    const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(index);
    d.allocated_bytes = stats.allocated_bytes[0].current;
    d.peak_bytes = stats.allocated_bytes[0].peak;
#endif
    *out = d;
  });
}

int fovea_cuda_synchronize(int index) {
  return guard([&] {
    if (index != -1) check_index(index);
    if (torch::cuda::device_count() == 0) throw Failure(FOVEA_NOT_FOUND, "there is no CUDA device to wait for");
    torch::cuda::synchronize(index);
  });
}

int fovea_cuda_empty_cache(void) {
  return guard([&] {
    if (torch::cuda::device_count() == 0) return;
#ifdef FOVEA_CUDA_HEADERS
    c10::cuda::CUDACachingAllocator::emptyCache();
#else
    throw Failure(FOVEA_ERROR, "libfovea was built without the CUDA runtime's header (cuda_runtime_api.h), which emptying the cache needs");
#endif
  });
}
