// Calls of operators.
#pragma once

#include <utility>
#include <vector>

#include "check.h"
#include "fovea.h"

inline fovea_value tensor(const fovea_tensor* t) {
  fovea_value v{};
  v.tag = FOVEA_TENSOR;
  v.as.pointer = t;
  return v;
}

inline fovea_value integer(int64_t i, int tag = FOVEA_INT) {
  fovea_value v{};
  v.tag = tag;
  v.as.integer = i;
  return v;
}

inline fovea_value real(double d) {
  fovea_value v{};
  v.tag = FOVEA_DOUBLE;
  v.as.real = d;
  return v;
}

inline fovea_value list(int tag, const void* first, int length) {
  fovea_value v{};
  v.tag = tag;
  v.length = length;
  v.as.pointer = first;
  return v;
}

inline fovea_operator* find(const char* name, const char* overload = "") {
  fovea_operator* op = nullptr;
  OK(fovea_operator_find(name, overload, &op));
  return op;
}

inline int call(const char* name, const char* overload, std::vector<fovea_value> arguments, std::vector<fovea_value>& results) {
  int count = static_cast<int>(results.size());
  return fovea_operator_call(find(name, overload), arguments.data(), static_cast<int>(arguments.size()), results.data(), &count);
}

inline fovea_tensor* one(const char* name, const char* overload, std::vector<fovea_value> arguments) {
  std::vector<fovea_value> results(1);
  OK(call(name, overload, std::move(arguments), results));
  return static_cast<fovea_tensor*>(const_cast<void*>(results[0].as.pointer));
}

inline fovea_tensor* from(std::vector<float> values) {
  const auto size = static_cast<int64_t>(values.size());
  fovea_tensor* borrowed = nullptr;
  OK(fovea_tensor_from_blob(values.data(), &size, nullptr, 1, 6, nullptr, nullptr, &borrowed));
  fovea_tensor* copy = one("aten::clone", "", {tensor(borrowed)});
  fovea_tensor_free(borrowed);
  return copy;
}
