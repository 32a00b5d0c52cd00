#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/serialize.h>

#include <fstream>
#include <istream>
#include <map>
#include <mutex>
#include <streambuf>

#include "dict.h"
#include "handle.h"
#include "runtime.h"
#include "values.h"

struct fovea_module {
  torch::jit::Module module;
  std::mutex mutex;  // of signatures
  std::map<std::string, fovea::Signature> signatures;
};

using namespace fovea;

namespace {

// Reads the caller's memory without a copy.
class MemoryBuffer : public std::streambuf {
 public:
  MemoryBuffer(const uint8_t* file, size_t length) {
    char* begin = const_cast<char*>(reinterpret_cast<const char*>(file));
    setg(begin, begin, begin + length);
  }

 protected:
  pos_type seekoff(off_type offset, std::ios_base::seekdir direction, std::ios_base::openmode) override {
    char* base = direction == std::ios_base::beg ? eback() : direction == std::ios_base::cur ? gptr() : egptr();
    if (base + offset < eback() || base + offset > egptr()) return pos_type(off_type(-1));
    setg(eback(), base + offset, egptr());
    return gptr() - eback();
  }

  pos_type seekpos(pos_type position, std::ios_base::openmode which) override { return seekoff(off_type(position), std::ios_base::beg, which); }
};

// What LibTorch throws while it reads a file is the file's fault.
template <typename Body>
auto reading(const std::string& what, Body&& body) {
  try {
    return body();
  } catch (const Failure&) {
    throw;
  } catch (const c10::Error& e) {
    throw Failure(FOVEA_BAD_DATA, what + " cannot be read: " + e.what_without_backtrace());
  } catch (const std::exception& e) {
    throw Failure(FOVEA_BAD_DATA, what + " cannot be read: " + e.what());
  }
}

void check_there(const char* path) {
  if (!std::ifstream(given(path, "path"), std::ios::binary)) throw Failure(FOVEA_NOT_FOUND, std::string(path) + " is not there or not to be read");
}

template <typename Source>
torch::jit::Module load(Source&& source, int device) {
  if (device == -1) return torch::jit::load(source);
  return torch::jit::load(source, device_of(device));
}

const Signature& signature_of(fovea_module& module, const torch::jit::Method& method) {
  std::lock_guard<std::mutex> lock(module.mutex);
  const auto known = module.signatures.find(method.name());
  if (known != module.signatures.end()) return known->second;
  return module.signatures.emplace(method.name(), Signature(method.function().getSchema())).first->second;
}

// A tuple or dict is given by its items, anything else as it is.
std::vector<c10::IValue> items_of(c10::IValue&& value) {
  if (value.isTuple()) return value.toTupleRef().elements().vec();
  if (value.isGenericDict()) {
    std::vector<c10::IValue> items;
    for (const auto& entry : value.toGenericDict()) items.push_back(entry.value());
    return items;
  }
  return {std::move(value)};
}

}  // namespace

int fovea_tensor_save(const fovea_tensor* tensor, const char* path) {
  return guard([&] { torch::save(tensor_of(tensor), std::string(given(path, "path"))); });
}

int fovea_tensor_load(const char* path, fovea_tensor** out) {
  return guard([&] {
    given(out, "out");
    check_there(path);
    at::Tensor tensor;
    reading(path, [&] { torch::load(tensor, std::string(path)); });
    *out = own(std::move(tensor));
  });
}

int fovea_module_load(const char* path, int device, fovea_module** out) {
  return guard([&] {
    given(out, "out");
    check_there(path);
    *out = new fovea_module{reading(path, [&] { return load(std::string(path), device); }), {}, {}};
  });
}

int fovea_module_read(const uint8_t* file, size_t length, int device, fovea_module** out) {
  return guard([&] {
    given(out, "out");
    given(file, "file");
    MemoryBuffer buffer(file, length);
    std::istream stream(&buffer);
    *out = new fovea_module{reading("the module", [&] { return load(stream, device); }), {}, {}};
  });
}

int fovea_module_save(const fovea_module* module, const char* path) {
  return guard([&] { given(module, "module")->module.save(given(path, "path")); });
}

void fovea_module_free(fovea_module* module) {
  guard([&] { delete module; });
}

int fovea_module_call(fovea_module* module, const char* method, const fovea_value* arguments, int argument_count, fovea_value* results,
                      int* result_count) {
  return guard([&] {
    given(result_count, "result_count");
    const auto found = given(module, "module")->module.find_method(given(method, "method"));
    if (!found) throw Failure(FOVEA_NOT_FOUND, std::string("the module has no method ") + method);
    StackLease stack(call_state());
    stack->emplace_back(module->module._ivalue());
    signature_of(*module, *found).push(*stack, arguments, argument_count, 1);
    follow_thread_count();
    found->function().run(*stack);
    std::vector<c10::IValue> items = items_of(std::move(stack->back()));
    if (static_cast<int>(items.size()) > *result_count || (!items.empty() && results == nullptr)) {
      throw Failure(FOVEA_BAD_ARGUMENT, std::string(method) + " gives " + std::to_string(items.size()) + " results; there is room for " +
                                            std::to_string(results == nullptr ? 0 : *result_count));
    }
    size_t done = 0;
    try {
      for (; done < items.size(); done++) results[done] = result_of(std::move(items[done]), true);
    } catch (...) {
      while (done > 0) release(results[--done]);
      throw;
    }
    *result_count = static_cast<int>(items.size());
  });
}

int fovea_module_train(fovea_module* module, int training) {
  return guard([&] { given(module, "module")->module.train(training != 0); });
}

int fovea_module_is_training(const fovea_module* module, int* out) {
  return guard([&] { *given(out, "out") = given(module, "module")->module.is_training(); });
}

int fovea_module_to(fovea_module* module, int device, int dtype) {
  return guard([&] {
    torch::jit::Module& m = given(module, "module")->module;
    if (device != -1 && dtype != -1) {
      m.to(device_of(device), dtype_of(dtype));
    } else if (device != -1) {
      m.to(device_of(device));
    } else if (dtype != -1) {
      m.to(dtype_of(dtype));
    }
  });
}

int fovea_module_state(const fovea_module* module, int buffers, fovea_dict** out) {
  return guard([&] {
    given(out, "out");
    const torch::jit::Module& m = given(module, "module")->module;
    auto dict = std::make_unique<fovea_dict>();
    if (buffers != 0) {
      for (const auto& each : m.named_buffers()) dict->entries.emplace_back(each.name, each.value);
    } else {
      for (const auto& each : m.named_parameters()) dict->entries.emplace_back(each.name, each.value);
    }
    *out = dict.release();
  });
}
