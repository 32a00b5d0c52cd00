// Between fovea_value and LibTorch's IValue, by the schema of an operator or of a TorchScript method.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/stack.h>

#include <string>
#include <vector>

#include "guard.h"

namespace fovea {

enum class Kind : uint8_t {
  Tensor,
  Int,
  Double,
  Bool,
  Number,
  String,
  Device,
  Generator,
  IntList,
  DoubleList,
  BoolList,
  NumberList,
  TensorList,
  OptionalTensorList,
  Other
};

struct Parameter {
  Kind kind = Kind::Other;
  bool optional = false;
  bool has_default = false;
  int32_t fixed_length = 0;  // of int[2] and its like: what one number is repeated to
  c10::IValue standard;      // the default
};

// What a call needs to know of a schema, worked out once: a call itself is a loop over parameters.
class Signature {
 public:
  explicit Signature(const c10::FunctionSchema& schema);

  const std::string& text() const { return text_; }
  size_t parameters() const { return parameters_.size(); }

  // Pushes parameters first.. with the given arguments, then defaults.
  void push(torch::jit::Stack& stack, const fovea_value* arguments, int count, size_t first = 0) const;

  // Takes the results off the stack. The room is known to suffice for the schema's returns (results_of).
  void take(torch::jit::Stack& stack, fovea_value* results) const;

  size_t results() const { return fresh_.size(); }

  // Whether a result can be the memory of an argument.
  bool may_alias(size_t result) const { return !fresh_[result]; }

 private:
  [[noreturn]] void refuse(size_t index, const std::string& why) const;
  void push_other(torch::jit::Stack& stack, size_t index, const fovea_value& value) const;

  std::vector<Parameter> parameters_;
  std::vector<std::string> names_;
  std::vector<bool> fresh_;  // a result: never the memory of an argument
  std::string text_;
};

// As below, for a tensor.
fovea_value result_of(at::Tensor&& tensor, bool may_alias);

// An owned value of a result; may_alias: it can be the memory of an argument.
fovea_value result_of(c10::IValue&& value, bool may_alias);

void release(fovea_value& result) noexcept;

// What each thread has for its calls, found by one look.
struct CallState {
  torch::jit::Stack stack;
  bool is_busy = false;
  int thread_generation = 0;
};

CallState& call_state();

// The thread's stack, which is reused; a call inside a call (a release callback that calls an operator) gets its own.
class StackLease {
 public:
  explicit StackLease(CallState& state) : state_(state), nested_(state.is_busy) { state.is_busy = true; }
  ~StackLease() {
    if (nested_) return;
    state_.stack.clear();
    state_.is_busy = false;
  }
  StackLease(const StackLease&) = delete;
  StackLease& operator=(const StackLease&) = delete;
  torch::jit::Stack& operator*() { return nested_ ? own_ : state_.stack; }
  torch::jit::Stack* operator->() { return &**this; }

 private:
  CallState& state_;
  const bool nested_;
  torch::jit::Stack own_;
};

}  // namespace fovea
