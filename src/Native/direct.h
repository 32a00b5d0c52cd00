// Calls without the stack, for operators of the commonest signatures: up to two tensors and up to two numbers in, one
// tensor out. Saves about a tenth of the time of a small operation.
#pragma once

#include <ATen/core/dispatch/Dispatcher.h>

#include <memory>

#include "values.h"

namespace fovea {

class DirectCall {
 public:
  virtual ~DirectCall() = default;

  // False where an argument needs more than this knows; then nothing has been done and the stack is taken.
  virtual bool call(const fovea_value* arguments, int count, at::Tensor& result) const = 0;
};

// Null for other signatures.
std::unique_ptr<DirectCall> direct_call(const c10::OperatorHandle& handle);

}  // namespace fovea
