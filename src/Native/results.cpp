#include <ATen/core/ivalue.h>

#include <cstdlib>

#include "handle.h"
#include "values.h"

namespace fovea {

void Signature::take(torch::jit::Stack& stack, fovea_value* results) const {
  const size_t base = stack.size() - fresh_.size();
  size_t done = 0;
  try {
    for (; done < fresh_.size(); done++) results[done] = result_of(std::move(stack[base + done]), !fresh_[done]);
  } catch (...) {
    while (done > 0) release(results[--done]);
    throw;
  }
}

namespace {

template <typename Element, typename List>
fovea_value array_of(fovea_tag tag, const List& list) {
  const size_t length = list.size();
  auto* array = static_cast<Element*>(std::malloc(std::max<size_t>(length, 1) * sizeof(Element)));
  if (array == nullptr) throw std::bad_alloc();
  for (size_t i = 0; i < length; i++) array[i] = static_cast<Element>(list[i]);
  fovea_value value{};
  value.tag = tag;
  value.length = static_cast<int32_t>(length);
  value.as.pointer = array;
  return value;
}

template <typename At>
fovea_value tensors_result(size_t length, At&& at) {
  auto** array = static_cast<fovea_tensor**>(std::calloc(std::max<size_t>(length, 1), sizeof(fovea_tensor*)));
  if (array == nullptr) throw std::bad_alloc();
  fovea_value value{};
  value.tag = FOVEA_TENSOR_LIST;
  value.length = static_cast<int32_t>(length);
  value.as.pointer = array;
  try {
    for (size_t i = 0; i < length; i++) array[i] = own(at(i));
  } catch (...) {
    release(value);
    throw;
  }
  return value;
}

// What a result adds to the process, in KiB. The same memory must not be told to the garbage collector twice, so a result
// that may be an argument's memory counts only where nobody else holds it.
int32_t kibibytes(const at::Tensor& tensor, bool may_alias) {
  if (!tensor.defined() || !tensor.has_storage()) return 0;
  if (may_alias && (tensor.use_count() > 1 || tensor.storage().use_count() > 1)) return 0;
  const int64_t kib = (static_cast<int64_t>(tensor.storage().nbytes()) + 1023) / 1024;
  return static_cast<int32_t>(std::min<int64_t>(kib, INT32_MAX));
}

}  // namespace

fovea_value result_of(at::Tensor&& tensor, bool may_alias) {
  fovea_value result{};
  result.tag = FOVEA_TENSOR;
  result.length = kibibytes(tensor, may_alias);
  result.as.pointer = own(std::move(tensor));
  return result;
}

fovea_value result_of(c10::IValue&& value, bool may_alias) {
  if (value.isTensor()) return result_of(std::move(value).toTensor(), may_alias);
  fovea_value result{};
  if (value.isNone()) {
    result.tag = FOVEA_NONE;
  } else if (value.isInt()) {
    result.tag = FOVEA_INT;
    result.as.integer = value.toInt();
  } else if (value.isDouble()) {
    result.tag = FOVEA_DOUBLE;
    result.as.real = value.toDouble();
  } else if (value.isBool()) {
    result.tag = FOVEA_BOOL;
    result.as.integer = value.toBool();
  } else if (value.isDevice()) {
    result.tag = FOVEA_DEVICE;
    result.as.integer = number_of(value.toDevice());
  } else if (value.isString()) {
    return array_of<char>(FOVEA_STRING, value.toStringRef());
  } else if (value.isIntList()) {
    return array_of<int64_t>(FOVEA_INT_LIST, value.toIntVector());
  } else if (value.isDoubleList()) {
    return array_of<double>(FOVEA_DOUBLE_LIST, value.toDoubleVector());
  } else if (value.isBoolList()) {
    const auto list = value.toBoolList();
    std::vector<uint8_t> bytes;
    for (size_t i = 0; i < list.size(); i++) bytes.push_back(list.get(i));
    return array_of<uint8_t>(FOVEA_BOOL_LIST, bytes);
  } else if (value.isTensorList()) {
    auto list = value.toTensorVector();
    return tensors_result(list.size(), [&](size_t i) { return std::move(list[i]); });
  } else if (value.isList()) {
    const auto list = value.toListRef();
    for (const c10::IValue& item : list) {
      if (!item.isTensor() && !item.isNone()) throw Failure(FOVEA_BAD_ARGUMENT, "a result is a list of " + item.tagKind() + ", which has no tag");
    }
    return tensors_result(list.size(), [&](size_t i) { return list[i].isNone() ? at::Tensor() : list[i].toTensor(); });
  } else if (value.isGenerator()) {
    result.tag = FOVEA_GENERATOR;
    result.as.pointer = own(value.toGenerator());
  } else {
    throw Failure(FOVEA_BAD_ARGUMENT, "a result is a " + value.tagKind() + ", which has no tag");
  }
  return result;
}

void release(fovea_value& result) noexcept {
  void* pointer = const_cast<void*>(result.as.pointer);
  switch (result.tag) {
    case FOVEA_TENSOR:
      fovea_tensor_free(static_cast<fovea_tensor*>(pointer));
      break;
    case FOVEA_GENERATOR:
      fovea_generator_free(static_cast<fovea_generator*>(pointer));
      break;
    case FOVEA_TENSOR_LIST:
      for (int32_t i = 0; i < result.length; i++) fovea_tensor_free(static_cast<fovea_tensor**>(pointer)[i]);
      std::free(pointer);
      break;
    case FOVEA_STRING:
    case FOVEA_INT_LIST:
    case FOVEA_DOUBLE_LIST:
    case FOVEA_BOOL_LIST:
      std::free(pointer);
      break;
    default:
      break;
  }
  result = fovea_value{};
}

CallState& call_state() {
  static thread_local CallState state;
  return state;
}

}  // namespace fovea

void fovea_list_free(const void* array) { std::free(const_cast<void*>(array)); }
