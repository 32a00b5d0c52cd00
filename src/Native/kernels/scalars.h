// float32 from what lies in memory and back, in a form that compilers turn into vector code.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/BFloat16.h>

#include <cstdint>
#include <cstring>

#include "targets.h"

namespace fovea {

FOVEA_INLINE float wide(float value) { return value; }

FOVEA_INLINE float wide(c10::BFloat16 value) {
  const uint32_t bits = static_cast<uint32_t>(value.x) << 16;
  float result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}

FOVEA_INLINE void put(float* to, float value) { *to = value; }

// To the nearest, ties to even; NaN stays one.
FOVEA_INLINE void put(c10::BFloat16* to, float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  to->x = static_cast<uint16_t>(value != value ? 0x7fc0u : rounded);
}

// Calls body with a value of the tensor's type, float32 or bfloat16.
template <typename Body>
void for_scalar(const at::Tensor& tensor, const Body& body) {
  tensor.scalar_type() == at::kFloat ? body(float()) : body(c10::BFloat16());
}

}  // namespace fovea
