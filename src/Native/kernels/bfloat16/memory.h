#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace fovea::bfloat16 {

template <typename Scalar>
Scalar* data_of(const at::Tensor& tensor) {
  return static_cast<Scalar*>(tensor.data_ptr());
}

// Calls body with the taps of a weight, float32 or bfloat16.
template <typename Body>
void for_taps(const at::Tensor& weight, const Body& body) {
  weight.scalar_type() == at::kFloat ? body(data_of<float>(weight)) : body(data_of<uint16_t>(weight));
}

// In place of a pixel outside; the calling thread's until it asks for more.
inline const uint16_t* zeros_for(int64_t channels) {
  thread_local std::vector<uint16_t> zeros;
  if (zeros.size() < static_cast<size_t>(channels)) zeros.resize(static_cast<size_t>(channels));
  return zeros.data();
}

// Memory for several arrays in a row, in whole huge pages: spread over small ones they would crowd each other out of the second-level cache.
class Room {
 public:
  explicit Room(int64_t bytes) : memory_(at::empty({(bytes + kHugePage - 1) / kHugePage * kHugePage}, at::kByte)), next_(data_of<char>(memory_)) {}

  template <typename Scalar>
  Scalar* take(int64_t count) {
    return reinterpret_cast<Scalar*>(std::exchange(next_, next_ + count * static_cast<int64_t>(sizeof(Scalar))));
  }

 private:
  static constexpr int64_t kHugePage = 2 << 20;

  at::Tensor memory_;
  char* next_;
};

}  // namespace fovea::bfloat16
