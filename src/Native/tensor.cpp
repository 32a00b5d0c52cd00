#include <ATen/Functions.h>

#include <atomic>

#include "handle.h"

namespace fovea {
namespace {

std::atomic<int64_t> live_tensors{0};

}  // namespace

fovea_tensor* own(at::Tensor&& tensor) {
  if (!tensor.defined()) return nullptr;
  auto* handle = reinterpret_cast<fovea_tensor*>(new at::Tensor(std::move(tensor)));
  live_tensors.fetch_add(1, std::memory_order_relaxed);
  return handle;
}

std::vector<at::Tensor> tensors_of(fovea_tensor* const* handles, int count, const char* name) {
  if (count < 0) throw Failure(FOVEA_BAD_ARGUMENT, std::string(name) + ": count is " + std::to_string(count));
  std::vector<at::Tensor> tensors(count);
  for (int i = 0; handles != nullptr && i < count; i++) {
    if (handles[i] != nullptr) tensors[i] = tensor_of(handles[i]);
  }
  return tensors;
}

c10::Device device_of(int64_t device) {
  const int64_t type = device >> 8, index = device & 255;
  if (device < 0 || type >= static_cast<int64_t>(c10::DeviceType::COMPILE_TIME_MAX_DEVICE_TYPES)) {
    throw Failure(FOVEA_BAD_ARGUMENT, "no device has the number " + std::to_string(device));
  }
  return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index == 255 ? -1 : index));
}

int32_t number_of(c10::Device device) {
  return static_cast<int32_t>(device.type()) << 8 | (static_cast<int32_t>(device.index()) & 255);
}

c10::ScalarType dtype_of(int64_t dtype) {
  if (dtype < 0 || dtype >= static_cast<int64_t>(c10::ScalarType::Undefined)) {
    throw Failure(FOVEA_BAD_ARGUMENT, "no element type has the number " + std::to_string(dtype));
  }
  return static_cast<c10::ScalarType>(dtype);
}

namespace {

void copy_dimensions(at::IntArrayRef values, int64_t* out, int capacity) {
  if (static_cast<size_t>(capacity < 0 ? 0 : capacity) < values.size()) {
    throw Failure(FOVEA_BAD_ARGUMENT, "room for " + std::to_string(capacity) + " of " + std::to_string(values.size()) + " dimensions");
  }
  if (!values.empty()) std::copy(values.begin(), values.end(), given(out, "out"));
}

}  // namespace
}  // namespace fovea

using namespace fovea;

int64_t fovea_live_tensors(void) { return live_tensors.load(std::memory_order_relaxed); }

void fovea_tensor_free(fovea_tensor* tensor) {
  if (tensor == nullptr) return;
  // Destroying a tensor may run a release callback or free a graph; nothing in there may throw across this border.
  guard([&] { delete reinterpret_cast<at::Tensor*>(tensor); });
  live_tensors.fetch_sub(1, std::memory_order_relaxed);
}

int fovea_tensor_alias(const fovea_tensor* tensor, fovea_tensor** out) {
  return guard([&] { *given(out, "out") = own(at::Tensor(tensor_of(tensor))); });
}

int fovea_tensor_from_blob(void* memory, const int64_t* sizes, const int64_t* strides, int dimensions, int dtype,
                           fovea_release release, void* context, fovea_tensor** out) {
  return guard([&] {
    given(out, "out");
    if (dimensions < 0 || dimensions > 64) {
      throw Failure(FOVEA_BAD_ARGUMENT, "a tensor of " + std::to_string(dimensions) + " dimensions");
    }
    if (dimensions > 0) given(sizes, "sizes");
    int64_t elements = 1;
    for (int i = 0; i < dimensions; i++) {
      if (sizes[i] < 0) throw Failure(FOVEA_BAD_ARGUMENT, "size " + std::to_string(sizes[i]) + " of dimension " + std::to_string(i));
      if (strides != nullptr && strides[i] < 0) {
        throw Failure(FOVEA_BAD_ARGUMENT, "stride " + std::to_string(strides[i]) + " of dimension " + std::to_string(i));
      }
      if (__builtin_mul_overflow(elements, sizes[i], &elements)) throw Failure(FOVEA_TOO_LARGE, "the sizes multiply to more than 2^63");
    }
    if (elements > 0) given(memory, "memory");
    const at::IntArrayRef shape(sizes, dimensions);
    const auto options = at::TensorOptions().dtype(dtype_of(dtype));
    // The deleter is armed only when nothing can fail any more: a caller whose call failed still owns the memory.
    auto armed = std::make_shared<bool>(false);
    auto deleter = [release, context, armed](void*) {
      if (*armed && release != nullptr) release(context);
    };
    at::Tensor tensor = strides == nullptr ? at::from_blob(memory, shape, deleter, options)
                                           : at::from_blob(memory, shape, at::IntArrayRef(strides, dimensions), deleter, options);
    *out = own(std::move(tensor));
    *armed = true;
  });
}

int fovea_tensor_describe(const fovea_tensor* tensor, fovea_tensor_info* out) {
  return guard([&] {
    const at::Tensor& t = tensor_of(tensor);
    fovea_tensor_info info{};
    const bool strided = t.layout() == c10::kStrided && t.has_storage();
    info.data = strided && t.numel() > 0 ? t.data_ptr() : nullptr;
    info.elements = t.numel();
    info.bytes = strided ? static_cast<int64_t>(t.storage().nbytes()) : 0;
    info.dimensions = static_cast<int32_t>(t.dim());
    info.dtype = static_cast<int32_t>(t.scalar_type());
    info.device = number_of(t.device());
    info.requires_grad = t.requires_grad();
    info.is_leaf = t.is_leaf();
    info.is_contiguous = strided && t.is_contiguous();
    info.is_sparse = t.layout() != c10::kStrided;
    *given(out, "out") = info;
  });
}

int fovea_tensor_sizes(const fovea_tensor* tensor, int64_t* sizes, int capacity) {
  return guard([&] { copy_dimensions(tensor_of(tensor).sizes(), sizes, capacity); });
}

int fovea_tensor_strides(const fovea_tensor* tensor, int64_t* strides, int capacity) {
  return guard([&] { copy_dimensions(tensor_of(tensor).strides(), strides, capacity); });
}

int fovea_tensor_is_contiguous(const fovea_tensor* tensor, int memory_format, int* out) {
  return guard([&] {
    if (memory_format < 0 || memory_format > 3 || memory_format == static_cast<int>(c10::MemoryFormat::Preserve)) {
      throw Failure(FOVEA_BAD_ARGUMENT, "memory format " + std::to_string(memory_format) + "; wanted 0 (contiguous), 2 or 3 (channels-last)");
    }
    *given(out, "out") = tensor_of(tensor).is_contiguous(static_cast<c10::MemoryFormat>(memory_format));
  });
}

int fovea_tensor_is_same(const fovea_tensor* a, const fovea_tensor* b, int* out) {
  return guard([&] { *given(out, "out") = tensor_of(a, "a").is_same(tensor_of(b, "b")); });
}
