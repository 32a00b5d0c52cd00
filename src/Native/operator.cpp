#include <ATen/core/dispatch/Dispatcher.h>

#include <memory>
#include <mutex>
#include <unordered_map>

#include "direct.h"
#include "runtime.h"
#include "values.h"

struct fovea_operator {
  c10::OperatorHandle handle;
  fovea::Signature signature;
  std::unique_ptr<fovea::DirectCall> direct;
};

namespace fovea {
namespace {

std::string overloads_of(const std::string& name) {
  std::string found;
  for (const c10::OperatorName& each : c10::Dispatcher::singleton().getAllOpNames()) {
    if (each.name != name) continue;
    found += found.empty() ? "" : ", ";
    found += each.overload_name.empty() ? "(none)" : each.overload_name;
  }
  return found;
}

}  // namespace
}  // namespace fovea

using namespace fovea;

int fovea_operator_find(const char* name, const char* overload, fovea_operator** out) {
  return guard([&] {
    static std::mutex mutex;
    static auto* const operators = new std::unordered_map<std::string, std::unique_ptr<fovea_operator>>();
    const std::string full = std::string(given(name, "name")) + "." + given(overload, "overload");
    given(out, "out");
    std::lock_guard<std::mutex> lock(mutex);
    auto known = operators->find(full);
    if (known == operators->end()) {
      const auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
      if (!handle) {
        const std::string others = overloads_of(name);
        throw Failure(FOVEA_NOT_FOUND, others.empty() ? std::string("this LibTorch has no operator ") + name
                                                      : std::string(name) + " has no overload '" + overload + "'; there are: " + others);
      }
      known = operators->emplace(full, std::make_unique<fovea_operator>(fovea_operator{*handle, Signature(handle->schema()), direct_call(*handle)})).first;
    }
    *out = known->second.get();
  });
}

size_t fovea_operator_schema(const fovea_operator* op, char* buffer, size_t capacity) {
  return fovea::copy(op == nullptr ? std::string() : op->signature.text(), buffer, capacity);
}

int fovea_operator_call(const fovea_operator* op, const fovea_value* arguments, int argument_count, fovea_value* results, int* result_count) {
  return guard([&] {
    const Signature& signature = given(op, "op")->signature;
    const int room = *given(result_count, "result_count");
    const int wanted = static_cast<int>(signature.results());
    if (room < wanted || (wanted > 0 && results == nullptr)) {
      throw Failure(FOVEA_BAD_ARGUMENT, "room for " + std::to_string(results == nullptr ? 0 : room) + " of " + std::to_string(wanted) + " results of " + signature.text());
    }
    CallState& state = call_state();
    follow_thread_count(state.thread_generation);
    if (op->direct != nullptr) {
      at::Tensor result;
      if (op->direct->call(arguments, argument_count, result)) {
        results[0] = result_of(std::move(result), signature.may_alias(0));
        *result_count = 1;
        return;
      }
    }
    StackLease lease(state);
    torch::jit::Stack& stack = *lease;
    signature.push(stack, arguments, argument_count);
    op->handle.callBoxed(stack);
    signature.take(stack, results);
    *result_count = wanted;
  });
}
