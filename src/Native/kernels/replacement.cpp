#include "replacement.h"

#include <c10/util/Exception.h>
#include <torch/version.h>

#include <vector>

namespace fovea {
namespace {

#if TORCH_VERSION_MAJOR < 2
namespace warnings = c10::Warning;
struct Silence final : c10::WarningHandler {
  void process(const c10::SourceLocation&, const std::string&, bool) override {}
};
#else
namespace warnings = c10::WarningUtils;
struct Silence final : c10::WarningHandler {
  void process(const c10::Warning&) override {}
};
#endif

}  // namespace

void replace_kernels(c10::DispatchKey key, const std::function<void(torch::Library&)>& add) {
  // LibTorch warns of each.
  Silence silence;
  const warnings::WarningHandlerGuard guard(&silence);
  // Never destroyed: LibTorch's dispatcher may be gone by then.
  static auto& kept = *new std::vector<torch::Library>;
  kept.emplace_back(torch::Library::IMPL, "aten", key, __FILE__, __LINE__);
  add(kept.back());
}

}  // namespace fovea
