#include "values.h"

#include <ATen/core/List.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <cmath>

#include "handle.h"

namespace fovea {
namespace {

Kind kind_of(const c10::Type& type);

Kind list_kind(const c10::Type& element) {
  switch (kind_of(element)) {
    case Kind::Int:
      return Kind::IntList;
    case Kind::Double:
      return Kind::DoubleList;
    case Kind::Bool:
      return Kind::BoolList;
    case Kind::Number:
      return Kind::NumberList;
    case Kind::Tensor:
      return Kind::TensorList;
    default:
      break;
  }
  if (element.kind() == c10::TypeKind::OptionalType && element.containedTypes()[0]->kind() == c10::TypeKind::TensorType) {
    return Kind::OptionalTensorList;
  }
  return Kind::Other;
}

Kind kind_of(const c10::Type& type) {
  switch (type.kind()) {
    case c10::TypeKind::TensorType:
      return Kind::Tensor;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType:
    case c10::TypeKind::ScalarTypeType:
    case c10::TypeKind::LayoutType:
    case c10::TypeKind::MemoryFormatType:
      return Kind::Int;
    case c10::TypeKind::FloatType:
    case c10::TypeKind::SymFloatType:
      return Kind::Double;
    case c10::TypeKind::BoolType:
      return Kind::Bool;
    case c10::TypeKind::NumberType:
      return Kind::Number;
    case c10::TypeKind::StringType:
      return Kind::String;
    case c10::TypeKind::DeviceObjType:
      return Kind::Device;
    case c10::TypeKind::GeneratorType:
      return Kind::Generator;
    case c10::TypeKind::ListType:
      return list_kind(*type.containedTypes()[0]);
    default:
      return Kind::Other;
  }
}

const char* word(int32_t tag) {
  static const char* const words[] = {"the default", "none",          "a tensor",         "an int",           "a double",        "a bool", "a string", "a device",
                                      "int[]",       "double[]",      "bool[]",           "tensor[]",         "a generator"};
  return tag >= 0 && tag <= FOVEA_GENERATOR ? words[tag] : "an unknown tag";
}

bool is_integral(double value) { return value == std::floor(value) && std::abs(value) < 9.0e15; }

template <typename T>
const T* elements(const fovea_value& value) {
  if (value.length < 0 || (value.length > 0 && value.as.pointer == nullptr)) {
    throw Failure(FOVEA_BAD_ARGUMENT, "a list of " + std::to_string(value.length) + " elements at " + (value.as.pointer ? "an address" : "NULL"));
  }
  return static_cast<const T*>(value.as.pointer);
}

template <typename Element, typename Source>
c10::IValue list_of(const Source* source, int32_t length) {
  c10::List<Element> list;
  list.reserve(length);
  for (int32_t i = 0; i < length; i++) list.push_back(static_cast<Element>(source[i]));
  return list;
}

// Below 2^53 a double holds every integer.
bool fits_double(int64_t value) { return value >= -(int64_t{1} << 53) && value <= (int64_t{1} << 53); }

}  // namespace

Signature::Signature(const c10::FunctionSchema& schema) : text_(c10::toString(schema)) {
  for (const c10::Argument& argument : schema.arguments()) {
    Parameter parameter;
    c10::TypePtr type = argument.type();
    if (type->kind() == c10::TypeKind::OptionalType) {
      parameter.optional = true;
      type = type->containedTypes()[0];
    }
    parameter.kind = kind_of(*type);
    const auto fixed = argument.N();
    parameter.fixed_length = fixed ? *fixed : 0;
    const auto standard = argument.default_value();
    parameter.has_default = bool(standard);
    if (standard) parameter.standard = *standard;
    parameters_.push_back(std::move(parameter));
    names_.push_back(argument.name());
  }
  for (const c10::Argument& result : schema.returns()) fresh_.push_back(result.alias_info() == nullptr);
}

void Signature::refuse(size_t index, const std::string& why) const {
  throw Failure(FOVEA_BAD_ARGUMENT, "argument '" + names_[index] + "' " + why + ", in " + text_);
}

void Signature::push(torch::jit::Stack& stack, const fovea_value* arguments, int count, size_t first) const {
  const size_t leading = static_cast<size_t>(count < 0 ? 0 : count) + first;
  if (count < 0 || leading > parameters_.size()) {
    throw Failure(FOVEA_BAD_ARGUMENT, std::to_string(count) + " arguments for " + text_);
  }
  if (count > 0) given(arguments, "arguments");
  size_t index = first;
  for (; index < leading; index++) {
    const fovea_value& value = arguments[index - first];
    switch (parameters_[index].kind) {
      case Kind::Tensor:
        if (value.tag == FOVEA_TENSOR && value.as.pointer != nullptr) {
          stack.emplace_back(*static_cast<const at::Tensor*>(value.as.pointer));
          continue;
        }
        break;
      case Kind::Int:
        if (value.tag == FOVEA_INT) {
          stack.emplace_back(value.as.integer);
          continue;
        }
        break;
      case Kind::Double:
        if (value.tag == FOVEA_DOUBLE) {
          stack.emplace_back(value.as.real);
          continue;
        }
        break;
      case Kind::Bool:
        if (value.tag == FOVEA_BOOL) {
          stack.emplace_back(value.as.integer != 0);
          continue;
        }
        break;
      case Kind::Number:
        if (value.tag == FOVEA_DOUBLE) {
          stack.emplace_back(value.as.real);
          continue;
        }
        if (value.tag == FOVEA_INT) {
          stack.emplace_back(value.as.integer);
          continue;
        }
        break;
      default:
        break;
    }
    push_other(stack, index, value);
  }
  for (; index < parameters_.size(); index++) {
    if (!parameters_[index].has_default) refuse(index, "is missing and has no default");
    stack.push_back(parameters_[index].standard);
  }
}

// Everything but the five commonest cases.
void Signature::push_other(torch::jit::Stack& stack, size_t index, const fovea_value& value) const {
  const Parameter& parameter = parameters_[index];
  if (value.tag == FOVEA_DEFAULT) {
    if (!parameter.has_default) refuse(index, "has no default");
    stack.push_back(parameter.standard);
    return;
  }
  if (value.tag == FOVEA_NONE || (value.tag == FOVEA_TENSOR && value.as.pointer == nullptr) ||
      (value.tag == FOVEA_GENERATOR && value.as.pointer == nullptr)) {
    if (!parameter.optional) refuse(index, "cannot be none");
    stack.emplace_back();
    return;
  }
  switch (parameter.kind) {
    case Kind::Int:
      if (value.tag == FOVEA_BOOL) return void(stack.emplace_back(static_cast<int64_t>(value.as.integer != 0)));
      if (value.tag == FOVEA_DOUBLE && is_integral(value.as.real)) return void(stack.emplace_back(static_cast<int64_t>(value.as.real)));
      break;
    case Kind::Double:
      if (value.tag == FOVEA_INT && fits_double(value.as.integer)) return void(stack.emplace_back(static_cast<double>(value.as.integer)));
      break;
    case Kind::Bool:
      if (value.tag == FOVEA_INT && (value.as.integer == 0 || value.as.integer == 1)) return void(stack.emplace_back(value.as.integer == 1));
      break;
    case Kind::Number:
      if (value.tag == FOVEA_BOOL) return void(stack.emplace_back(value.as.integer != 0));
      break;
    case Kind::String:
      if (value.tag == FOVEA_STRING) return void(stack.emplace_back(std::string(elements<char>(value), value.length)));
      break;
    case Kind::Device:
      if (value.tag == FOVEA_DEVICE) return void(stack.emplace_back(device_of(value.as.integer)));
      break;
    case Kind::Generator:
      if (value.tag == FOVEA_GENERATOR) {
        return void(stack.emplace_back(*static_cast<const at::Generator*>(value.as.pointer)));
      }
      break;
    case Kind::IntList:
      if (value.tag == FOVEA_INT_LIST) return void(stack.push_back(list_of<int64_t>(elements<int64_t>(value), value.length)));
      if (value.tag == FOVEA_INT) {
        const std::vector<int64_t> repeated(std::max(parameter.fixed_length, 1), value.as.integer);
        return void(stack.push_back(list_of<int64_t>(repeated.data(), static_cast<int32_t>(repeated.size()))));
      }
      break;
    case Kind::DoubleList:
      if (value.tag == FOVEA_DOUBLE_LIST) return void(stack.push_back(list_of<double>(elements<double>(value), value.length)));
      if (value.tag == FOVEA_INT_LIST) return void(stack.push_back(list_of<double>(elements<int64_t>(value), value.length)));
      if (value.tag == FOVEA_DOUBLE || value.tag == FOVEA_INT) {
        const double number = value.tag == FOVEA_DOUBLE ? value.as.real : static_cast<double>(value.as.integer);
        const std::vector<double> repeated(std::max(parameter.fixed_length, 1), number);
        return void(stack.push_back(list_of<double>(repeated.data(), static_cast<int32_t>(repeated.size()))));
      }
      break;
    case Kind::BoolList:
      if (value.tag == FOVEA_BOOL_LIST) return void(stack.push_back(list_of<bool>(elements<uint8_t>(value), value.length)));
      break;
    case Kind::NumberList:
      if (value.tag == FOVEA_INT_LIST || value.tag == FOVEA_DOUBLE_LIST) {
        c10::impl::GenericList list(c10::NumberType::get());
        for (int32_t i = 0; i < value.length; i++) {
          value.tag == FOVEA_INT_LIST ? list.push_back(elements<int64_t>(value)[i]) : list.push_back(elements<double>(value)[i]);
        }
        return void(stack.emplace_back(std::move(list)));
      }
      break;
    case Kind::TensorList:
      if (value.tag == FOVEA_TENSOR_LIST) {
        const auto* tensors = elements<const at::Tensor*>(value);
        c10::List<at::Tensor> list;
        list.reserve(value.length);
        for (int32_t i = 0; i < value.length; i++) {
          if (tensors[i] == nullptr) refuse(index, "has no tensor at " + std::to_string(i));
          list.push_back(*tensors[i]);
        }
        return void(stack.emplace_back(std::move(list)));
      }
      break;
    case Kind::OptionalTensorList:
      if (value.tag == FOVEA_TENSOR_LIST) {
        const auto* tensors = elements<const at::Tensor*>(value);
        c10::impl::GenericList list(c10::OptionalType::create(c10::TensorType::get()));
        list.reserve(value.length);
        for (int32_t i = 0; i < value.length; i++) list.push_back(tensors[i] == nullptr ? c10::IValue() : c10::IValue(*tensors[i]));
        return void(stack.emplace_back(std::move(list)));
      }
      break;
    default:
      break;
  }
  refuse(index, std::string("cannot be ") + word(value.tag));
}

}  // namespace fovea
