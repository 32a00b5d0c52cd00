#include "direct.h"

#include <array>
#include <utility>

namespace fovea {
namespace {

// How each parameter is read from a value; what it holds lives for the length of the call.
template <typename Parameter>
struct Reading;

template <>
struct Reading<const at::Tensor&> {
  static constexpr Kind kind = Kind::Tensor;
  const at::Tensor* tensor = nullptr;

  bool read(const fovea_value& value) {
    tensor = static_cast<const at::Tensor*>(value.as.pointer);
    return value.tag == FOVEA_TENSOR && tensor != nullptr;
  }
  const at::Tensor& get() const { return *tensor; }
};

template <>
struct Reading<at::Tensor&> {
  static constexpr Kind kind = Kind::Tensor;
  at::Tensor* tensor = nullptr;

  bool read(const fovea_value& value) {
    tensor = const_cast<at::Tensor*>(static_cast<const at::Tensor*>(value.as.pointer));
    return value.tag == FOVEA_TENSOR && tensor != nullptr;
  }
  at::Tensor& get() const { return *tensor; }
};

template <>
struct Reading<const at::Scalar&> {
  static constexpr Kind kind = Kind::Number;
  at::Scalar number;

  bool read(const fovea_value& value) {
    if (value.tag == FOVEA_DOUBLE) {
      number = value.as.real;
    } else if (value.tag == FOVEA_INT) {
      number = value.as.integer;
    } else {
      return false;
    }
    return true;
  }
  const at::Scalar& get() const { return number; }
};

template <typename Result, typename... Parameters>
class TypedCall final : public DirectCall {
 public:
  explicit TypedCall(const c10::OperatorHandle& handle) : handle_(handle.typed<Result(Parameters...)>()) {
    const auto& arguments = handle.schema().arguments();
    for (size_t i = 0; i < sizeof...(Parameters); i++) {
      const auto standard = arguments[i].default_value();
      if (!standard) continue;
      // Only numbers have defaults here; one that is no int or double stays unusable and the stack is taken.
      defaults_[i].tag = standard->isInt() ? FOVEA_INT : standard->isDouble() ? FOVEA_DOUBLE : FOVEA_DEFAULT;
      if (standard->isInt()) defaults_[i].as.integer = standard->toInt();
      if (standard->isDouble()) defaults_[i].as.real = standard->toDouble();
    }
  }

  bool call(const fovea_value* arguments, int count, at::Tensor& result) const override {
    return call(arguments, count, result, std::index_sequence_for<Parameters...>());
  }

 private:
  template <size_t... I>
  bool call(const fovea_value* arguments, int count, at::Tensor& result, std::index_sequence<I...>) const {
    if (count > static_cast<int>(sizeof...(Parameters)) || (count > 0 && arguments == nullptr)) return false;
    std::tuple<Reading<Parameters>...> read;
    if (!(std::get<I>(read).read(static_cast<int>(I) < count ? arguments[I] : defaults_[I]) && ...)) return false;
    result = handle_.call(std::get<I>(read).get()...);
    return true;
  }

  c10::TypedOperatorHandle<Result(Parameters...)> handle_;
  std::array<fovea_value, sizeof...(Parameters)> defaults_{};
};

template <typename Result, typename... Parameters>
bool fits(const c10::FunctionSchema& schema) {
  constexpr std::array<Kind, sizeof...(Parameters)> kinds{Reading<Parameters>::kind...};
  const auto& arguments = schema.arguments();
  if (arguments.size() != kinds.size() || schema.returns().size() != 1 || schema.returns()[0].type()->kind() != c10::TypeKind::TensorType) return false;
  for (size_t i = 0; i < kinds.size(); i++) {
    if (arguments[i].type()->kind() != (kinds[i] == Kind::Tensor ? c10::TypeKind::TensorType : c10::TypeKind::NumberType)) return false;
  }
  // "Tensor(a!)" is a reference in C++, for the argument and for the result.
  const auto* alias = arguments[0].alias_info();
  return (alias != nullptr && alias->isWrite()) == std::is_reference_v<Result>;
}

template <typename Result, typename... Parameters>
bool try_signature(const c10::OperatorHandle& handle, std::unique_ptr<DirectCall>& found) {
  if (!fits<Result, Parameters...>(handle.schema())) return false;
  try {
    found = std::make_unique<TypedCall<Result, Parameters...>>(handle);
  } catch (const c10::Error&) {
    // Registered with another C++ type than its schema suggests.
  }
  return true;
}

using In = const at::Tensor&;
using InOut = at::Tensor&;
using Number = const at::Scalar&;

}  // namespace

std::unique_ptr<DirectCall> direct_call(const c10::OperatorHandle& handle) {
  std::unique_ptr<DirectCall> found;
  try_signature<at::Tensor, In>(handle, found) || try_signature<at::Tensor, In, In>(handle, found) ||
      try_signature<at::Tensor, In, Number>(handle, found) || try_signature<at::Tensor, In, In, Number>(handle, found) ||
      try_signature<at::Tensor, In, Number, Number>(handle, found) || try_signature<InOut, InOut>(handle, found) ||
      try_signature<InOut, InOut, In>(handle, found) || try_signature<InOut, InOut, Number>(handle, found) ||
      try_signature<InOut, InOut, In, Number>(handle, found) || try_signature<InOut, InOut, Number, Number>(handle, found);
  return found;
}

}  // namespace fovea
