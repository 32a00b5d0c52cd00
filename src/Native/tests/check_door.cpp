// Calls every function of libfovea: check_door FOLDER-OF-FIXTURES
#include <cstring>
#include <thread>

#include "call.h"

void check_kernels();
void check_files(const std::string& fixtures);

namespace {

void refused(int status, const char* name, const char* overload, std::vector<fovea_value> arguments) {
  std::vector<fovea_value> results(1);
  IS(status, call(name, overload, std::move(arguments), results));
  CHECK(results[0].as.pointer == nullptr);
}

float first(const fovea_tensor* t) {
  fovea_tensor_info info;
  OK(fovea_tensor_describe(t, &info));
  return *static_cast<const float*>(info.data);
}

void check_runtime() {
  CHECK(fovea_abi() == FOVEA_ABI);
  IS(FOVEA_BAD_ARGUMENT, fovea_start(-1, 1));
  OK(fovea_start(2, 1));
  OK(fovea_start(0, 0));
  fovea_description description;
  OK(fovea_describe(&description));
  CHECK(description.torch_major >= 1 && description.cores >= 1 && description.cpu_capability[0] != 0);
  IS(FOVEA_BAD_ARGUMENT, fovea_describe(nullptr));
  int threads = 0;
  OK(fovea_get_threads(&threads));
  OK(fovea_set_threads(3));
  OK(fovea_get_threads(&threads));
  CHECK(threads == 3);
  std::thread([] {
    int here = 0;
    OK(fovea_get_threads(&here));
    CHECK(here == 3);
  }).join();
  OK(fovea_set_threads(2));
  IS(FOVEA_BAD_ARGUMENT, fovea_set_threads(0));
  IS(FOVEA_BAD_ARGUMENT, fovea_get_threads(nullptr));
  for (int name = FOVEA_DETERMINISTIC; name <= FOVEA_CUDA_MATMUL_TF32; name++) {
    int was = 0, then = 0;
    OK(fovea_setting(name, 1, &was));
    OK(fovea_setting(name, was, &then));
    OK(fovea_setting(name, -1, nullptr));
    CHECK(then == 1);
  }
  IS(FOVEA_BAD_ARGUMENT, fovea_setting(0, 1, nullptr));
  fovea_memory memory;
  OK(fovea_get_memory(&memory));
  IS(FOVEA_BAD_ARGUMENT, fovea_get_memory(nullptr));
  OK(fovea_trim_memory());
  fovea_cuda_device device;
  if (description.cuda_devices == 0) {
    IS(FOVEA_NOT_FOUND, fovea_cuda_get_device(0, &device));
    IS(FOVEA_NOT_FOUND, fovea_cuda_synchronize(0));
    IS(FOVEA_NOT_FOUND, fovea_cuda_synchronize(-1));
    OK(fovea_cuda_empty_cache());
  }
  IS(FOVEA_BAD_ARGUMENT, fovea_cuda_get_device(0, nullptr));
}

void check_operators() {
  fovea_operator* op = nullptr;
  IS(FOVEA_NOT_FOUND, fovea_operator_find("aten::add", "nothing", &op));
  IS(FOVEA_NOT_FOUND, fovea_operator_find("aten::nothing", "", &op));
  IS(FOVEA_BAD_ARGUMENT, fovea_operator_find(nullptr, "", &op));
  IS(FOVEA_BAD_ARGUMENT, fovea_operator_find("aten::add", nullptr, &op));
  IS(FOVEA_BAD_ARGUMENT, fovea_operator_find("aten::add", "Tensor", nullptr));
  char text[16];
  CHECK(fovea_operator_schema(find("aten::relu"), text, sizeof text) == std::strlen("aten::relu(Tensor self) -> Tensor"));
  CHECK(fovea_operator_schema(nullptr, text, sizeof text) == 0);

  fovea_tensor *a = from({1, 2, 3, 4}), *b = from({5, 6, 7, 8});
  std::vector<fovea_tensor*> made = {
      one("aten::add", "Tensor", {tensor(a), tensor(b)}),
      one("aten::add", "Tensor", {tensor(a), tensor(b), real(0.5)}),
      one("aten::mul", "Scalar", {tensor(a), integer(1, FOVEA_BOOL)}),
      one("aten::mul", "Scalar", {tensor(a), integer(3)}),
      one("aten::relu_", "", {tensor(a)}),
      one("aten::clamp", "", {tensor(a), integer(0, FOVEA_NONE), real(2)}),
      one("aten::softmax", "int", {tensor(a), real(0)}),
      one("aten::leaky_relu", "", {tensor(a), integer(1)}),
      one("aten::gelu", "", {tensor(a), list(FOVEA_STRING, "tanh", 4)}),
  };
  const int64_t sizes[] = {2, 2};
  made.push_back(one("aten::view", "", {tensor(a), list(FOVEA_INT_LIST, sizes, 2)}));
  made.push_back(one("aten::zeros", "", {list(FOVEA_INT_LIST, sizes, 2), integer(7), integer(0, FOVEA_NONE), integer(255, FOVEA_DEVICE)}));
  const fovea_tensor* both[] = {a, b};
  made.push_back(one("aten::cat", "", {list(FOVEA_TENSOR_LIST, both, 2)}));
  fovea_tensor* index = one("aten::to", "dtype", {tensor(made[5]), integer(4)});
  const fovea_tensor* indices[] = {nullptr, index};
  fovea_tensor* square = one("aten::outer", "", {tensor(a), tensor(b)});
  made.push_back(one("aten::index", "Tensor", {tensor(square), list(FOVEA_TENSOR_LIST, indices, 2)}));
  made.insert(made.end(), {index, square});
  for (fovea_tensor* each : made) fovea_tensor_free(each);

  std::vector<fovea_value> results(2);
  OK(call("aten::max", "dim", {tensor(a), integer(0)}, results));
  fovea_tensor_free(static_cast<fovea_tensor*>(const_cast<void*>(results[0].as.pointer)));
  fovea_tensor_free(static_cast<fovea_tensor*>(const_cast<void*>(results[1].as.pointer)));
  OK(call("aten::unbind", "int", {tensor(a)}, results));
  CHECK(results[0].tag == FOVEA_TENSOR_LIST && results[0].length == 4);
  for (int i = 0; i < results[0].length; i++) fovea_tensor_free(static_cast<fovea_tensor* const*>(results[0].as.pointer)[i]);
  fovea_list_free(results[0].as.pointer);
  OK(call("aten::equal", "", {tensor(a), tensor(a)}, results));
  CHECK(results[0].tag == FOVEA_BOOL && results[0].as.integer == 1);
  double factors[] = {2, 3};
  OK(call("aten::_foreach_mul", "ScalarList", {list(FOVEA_TENSOR_LIST, both, 2), list(FOVEA_DOUBLE_LIST, factors, 2)}, results));
  for (int i = 0; i < results[0].length; i++) fovea_tensor_free(static_cast<fovea_tensor* const*>(results[0].as.pointer)[i]);
  fovea_list_free(results[0].as.pointer);
  fovea_list_free(nullptr);

  refused(FOVEA_BAD_ARGUMENT, "aten::add", "Tensor", {tensor(a)});
  refused(FOVEA_BAD_ARGUMENT, "aten::add", "Tensor", {tensor(a), tensor(nullptr)});
  refused(FOVEA_BAD_ARGUMENT, "aten::add", "Tensor", {tensor(a), integer(0, FOVEA_DEFAULT)});
  refused(FOVEA_BAD_ARGUMENT, "aten::add", "Tensor", {tensor(a), integer(0, 77)});
  refused(FOVEA_BAD_ARGUMENT, "aten::add", "Tensor", {tensor(a), list(FOVEA_STRING, "x", 1)});
  refused(FOVEA_BAD_ARGUMENT, "aten::relu", "", {tensor(a), tensor(a)});
  refused(FOVEA_BAD_ARGUMENT, "aten::view", "", {tensor(a), list(FOVEA_INT_LIST, nullptr, 2)});
  refused(FOVEA_BAD_ARGUMENT, "aten::view", "", {tensor(a), list(FOVEA_INT_LIST, sizes, -2)});
  refused(FOVEA_BAD_ARGUMENT, "aten::cat", "", {list(FOVEA_TENSOR_LIST, indices, 1)});
  refused(FOVEA_BAD_ARGUMENT, "aten::softmax", "int", {tensor(a), real(0.5)});
  refused(FOVEA_ERROR, "aten::mm", "", {tensor(a), tensor(b)});
  refused(FOVEA_BAD_ARGUMENT, "aten::max", "dim", {tensor(a), integer(0)});
  int count = 1;
  IS(FOVEA_BAD_ARGUMENT, fovea_operator_call(nullptr, nullptr, 0, results.data(), &count));
  IS(FOVEA_BAD_ARGUMENT, fovea_operator_call(find("aten::relu"), nullptr, 1, results.data(), &count));
  IS(FOVEA_BAD_ARGUMENT, fovea_operator_call(find("aten::relu"), nullptr, -1, results.data(), &count));
  IS(FOVEA_BAD_ARGUMENT, fovea_operator_call(find("aten::relu"), results.data(), 1, results.data(), nullptr));
  CHECK(fovea_error(text, sizeof text) > 0);
  fovea_tensor_free(a);
  fovea_tensor_free(b);
}

int releases = 0;

void check_tensors() {
  std::vector<float> memory(6);
  const int64_t sizes[] = {2, 3}, strides[] = {1, 2}, negative[] = {-1}, huge[] = {int64_t{1} << 40, int64_t{1} << 40};
  const auto release = [](void*) { releases++; };
  fovea_tensor *t = nullptr, *alias = nullptr;
  OK(fovea_tensor_from_blob(memory.data(), sizes, strides, 2, 6, release, nullptr, &t));
  OK(fovea_tensor_alias(t, &alias));
  int answer = 0;
  OK(fovea_tensor_is_same(t, alias, &answer));
  CHECK(answer == 1);
  OK(fovea_tensor_is_contiguous(t, 0, &answer));
  CHECK(answer == 0);
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_is_contiguous(t, 1, &answer));
  int64_t got[2];
  OK(fovea_tensor_sizes(t, got, 2));
  OK(fovea_tensor_strides(t, got, 2));
  CHECK(got[0] == 1 && got[1] == 2);
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_sizes(t, got, 1));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_strides(t, nullptr, 2));
  fovea_tensor_free(t);
  CHECK(releases == 0);
  fovea_tensor_free(alias);
  CHECK(releases == 1);
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_from_blob(memory.data(), negative, nullptr, 1, 6, release, nullptr, &t));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_from_blob(memory.data(), sizes, negative, 1, 6, release, nullptr, &t));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_from_blob(memory.data(), sizes, nullptr, 2, 1000, release, nullptr, &t));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_from_blob(memory.data(), sizes, nullptr, -1, 6, release, nullptr, &t));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_from_blob(nullptr, sizes, nullptr, 2, 6, release, nullptr, &t));
  IS(FOVEA_TOO_LARGE, fovea_tensor_from_blob(memory.data(), huge, nullptr, 2, 6, release, nullptr, &t));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_from_blob(memory.data(), sizes, nullptr, 2, 6, release, nullptr, nullptr));
  CHECK(releases == 1);
  fovea_tensor_info info;
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_describe(nullptr, &info));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_alias(nullptr, &t));
  fovea_tensor_free(nullptr);

  // Memory of every size, freed in another order and by another thread; written to its ends.
  std::vector<fovea_tensor*> blocks;
  Random random(4);
  for (int i = 0; i < 300; i++) {
    const int64_t size = random.below(2) ? random.below(400) : random.below(1u << (8 + random.below(15)));
    fovea_tensor* block = one("aten::empty", "memory_format", {list(FOVEA_INT_LIST, &size, 1)});
    OK(fovea_tensor_describe(block, &info));
    CHECK(reinterpret_cast<uintptr_t>(info.data) % 64 == 0);
    if (info.data != nullptr) std::memset(info.data, i, static_cast<size_t>(info.bytes));
    blocks.push_back(block);
    if (blocks.size() > 40) {
      std::swap(blocks[random.below(40)], blocks.back());
      std::thread([&] { fovea_tensor_free(blocks.back()); }).join();
      blocks.pop_back();
    }
  }
  for (fovea_tensor* block : blocks) fovea_tensor_free(block);
  const int64_t impossible = int64_t{1} << 55;
  std::vector<fovea_value> results(1);
  const int status = call("aten::empty", "memory_format", {list(FOVEA_INT_LIST, &impossible, 1)}, results);
  CHECK(status == FOVEA_OUT_OF_MEMORY || status == FOVEA_ERROR);
  OK(fovea_trim_memory());
}

void check_autograd() {
  fovea_tensor* x = from({3, 4});
  OK(fovea_tensor_set_requires_grad(x, 1));
  fovea_tensor* squares = one("aten::mul", "Tensor", {tensor(x), tensor(x)});
  fovea_tensor* loss = one("aten::sum", "", {tensor(squares)});
  fovea_tensor* grad = nullptr;
  OK(fovea_tensor_get_grad(x, &grad));
  CHECK(grad == nullptr);
  IS(FOVEA_ERROR, fovea_backward(&squares, nullptr, 1, 0, 0));
  OK(fovea_grad(&loss, nullptr, 1, &x, 1, 1, 1, 0, &grad));
  CHECK(first(grad) == 6);
  fovea_tensor_free(grad);
  OK(fovea_backward(&loss, nullptr, 1, 0, 0));
  IS(FOVEA_ERROR, fovea_backward(&loss, nullptr, 1, 0, 0));
  OK(fovea_tensor_get_grad(x, &grad));
  CHECK(first(grad) == 6);
  OK(fovea_tensor_set_grad(x, grad));
  OK(fovea_tensor_set_grad(x, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_set_grad(x, loss));
  IS(FOVEA_ERROR, fovea_tensor_set_requires_grad(loss, 0));
  OK(fovea_tensor_set_data(x, grad));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_set_data(x, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_backward(nullptr, nullptr, 1, 0, 0));
  IS(FOVEA_BAD_ARGUMENT, fovea_backward(&loss, nullptr, -1, 0, 0));
  IS(FOVEA_BAD_ARGUMENT, fovea_grad(&loss, nullptr, 1, nullptr, 1, 0, 0, 0, &grad));
  for (fovea_tensor* each : {x, squares, loss, grad}) fovea_tensor_free(each);

  int was = 0;
  OK(fovea_grad_mode(0, &was));
  OK(fovea_grad_mode(was, nullptr));
  OK(fovea_anomaly_mode(1, &was));
  OK(fovea_anomaly_mode(was, nullptr));
  void *outer = nullptr, *inner = nullptr;
  OK(fovea_inference_mode_enter(1, &outer));
  OK(fovea_inference_mode_enter(0, &inner));
  IS(FOVEA_BAD_ARGUMENT, fovea_inference_mode_leave(outer));
  OK(fovea_inference_mode_leave(inner));
  OK(fovea_inference_mode_is(&was));
  CHECK(was == 1);
  OK(fovea_inference_mode_leave(outer));
  IS(FOVEA_BAD_ARGUMENT, fovea_inference_mode_leave(nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_inference_mode_enter(1, nullptr));
  int dtype = 0;
  OK(fovea_autocast(255, 1, 15, &was, &dtype));
  OK(fovea_autocast(255, 0, dtype, nullptr, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_autocast(255, 1, 6, nullptr, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_autocast(5 << 8, 1, -1, nullptr, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_autocast(-7, 1, -1, nullptr, nullptr));
}

void check_random() {
  OK(fovea_seed(1));
  fovea_generator *a = nullptr, *standard = nullptr;
  OK(fovea_generator_new(255, 5, &a));
  OK(fovea_generator_default(255, &standard));
  int64_t seed = 0;
  OK(fovea_generator_get_seed(a, &seed));
  CHECK(seed == 5);
  OK(fovea_generator_set_seed(a, 6));
  fovea_tensor* state = nullptr;
  OK(fovea_generator_get_state(a, &state));
  OK(fovea_generator_set_state(a, state));
  const int64_t size = 3;
  fovea_value generator{};
  generator.tag = FOVEA_GENERATOR;
  generator.as.pointer = a;
  fovea_tensor* drawn = one("aten::rand", "generator", {list(FOVEA_INT_LIST, &size, 1), generator});
  IS(FOVEA_ERROR, fovea_generator_set_state(a, drawn));
  IS(FOVEA_BAD_ARGUMENT, fovea_generator_set_state(a, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_generator_get_seed(nullptr, &seed));
  IS(FOVEA_BAD_ARGUMENT, fovea_generator_new(255, 1, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_generator_new(-5, 1, &a));
  fovea_tensor_free(state);
  fovea_tensor_free(drawn);
  fovea_generator_free(a);
  fovea_generator_free(standard);
  fovea_generator_free(nullptr);
}

void check_optimizers() {
  std::vector<fovea_tensor*> p, g, m, v, x;
  for (const int size : {1, 7, 65536, 70001}) {
    for (auto* each : {&p, &g, &m, &v, &x}) each->push_back(from(std::vector<float>(static_cast<size_t>(size), 0.5f)));
  }
  const int count = static_cast<int>(p.size());
  fovea_sgd sgd{0.1, 0.9, 0, 0.01, 1, 0, 1};
  OK(fovea_sgd_step(&sgd, count, p.data(), g.data(), m.data()));
  sgd = {0.1, 0, 0, 0, 0, 1, 0};
  OK(fovea_sgd_step(&sgd, count, p.data(), g.data(), nullptr));
  fovea_adam adam{0.1, 0.9, 0.999, 1e-8, 0.01, 1, 1, 1, 0};
  OK(fovea_adam_step(&adam, count, p.data(), g.data(), m.data(), v.data(), x.data()));
  adam.amsgrad = 0;
  OK(fovea_adam_step(&adam, count, p.data(), g.data(), m.data(), v.data(), nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_adam_step(&adam, count, p.data(), g.data(), nullptr, v.data(), nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_adam_step(&adam, -1, p.data(), g.data(), m.data(), v.data(), nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_adam_step(nullptr, count, p.data(), g.data(), m.data(), v.data(), nullptr));
  adam.step = 0;
  IS(FOVEA_BAD_ARGUMENT, fovea_adam_step(&adam, count, p.data(), g.data(), m.data(), v.data(), nullptr));
  sgd.momentum = 0.9;
  IS(FOVEA_BAD_ARGUMENT, fovea_sgd_step(&sgd, count, p.data(), g.data(), nullptr));
  std::swap(g[0], g[1]);
  IS(FOVEA_BAD_ARGUMENT, fovea_sgd_step(&sgd, count, p.data(), g.data(), m.data()));
  for (auto* list : {&p, &g, &m, &v, &x}) {
    for (fovea_tensor* each : *list) fovea_tensor_free(each);
  }
}

// Of enough channels and pixels for the convolution with fewer products, with tiles that hang over; other images than were expected.
}  // namespace

int main(int, char** arguments) {
  check_runtime();
  check_operators();
  check_tensors();
  check_autograd();
  check_random();
  check_optimizers();
  check_kernels();
  check_files(arguments[1]);
  CHECK(fovea_live_tensors() == 0);
  std::printf("%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}
