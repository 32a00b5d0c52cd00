// The functions that read and write PyTorch's files.
#include <unistd.h>

#include "check.h"
#include "fovea.h"

namespace {

// Reads every byte of every tensor a dict has.
int use(const std::string& path) {
  fovea_dict* dict = nullptr;
  const int status = fovea_dict_read(path.c_str(), &dict);
  if (status != FOVEA_OK) return status;
  int count = 0;
  OK(fovea_dict_count(dict, &count));
  for (int i = 0; i < count; i++) {
    char name[8];
    fovea_dict_name(dict, i, name, sizeof name);
    fovea_tensor* tensor = nullptr;
    OK(fovea_dict_tensor(dict, i, &tensor));
    fovea_operator* clone = nullptr;
    OK(fovea_operator_find("aten::clone", "", &clone));
    fovea_value argument{}, result{};
    argument.tag = FOVEA_TENSOR;
    argument.as.pointer = tensor;
    int results = 1;
    OK(fovea_operator_call(clone, &argument, 1, &result, &results));
    fovea_tensor_free(static_cast<fovea_tensor*>(const_cast<void*>(result.as.pointer)));
    fovea_tensor_free(tensor);
  }
  fovea_tensor* none = nullptr;
  IS(FOVEA_BAD_ARGUMENT, fovea_dict_tensor(dict, count, &none));
  CHECK(fovea_dict_name(dict, count, nullptr, 0) == 0);
  fovea_dict_free(dict);
  return FOVEA_OK;
}

void check_dicts(const std::string& fixtures, const std::string& scratch) {
  Random random(3);
  for (const char* name : {"/state.pth", "/state-legacy.pth", "/checkpoint.pth"}) {
    OK(use(fixtures + name));
    const auto whole = read_file(fixtures + name);
    for (size_t length = 0; length < whole.size(); length += 3) {
      write_file(scratch, {whole.begin(), whole.begin() + static_cast<ptrdiff_t>(length)});
      IS(FOVEA_BAD_DATA, use(scratch));
    }
    for (int round = 0; round < 3000; round++) {
      write_file(scratch, damaged(whole, random));
      use(scratch);
    }
  }
  IS(FOVEA_BAD_DATA, use(fixtures + "/whole-model.pth"));
  IS(FOVEA_BAD_DATA, use(fixtures + "/script.pt"));
  IS(FOVEA_BAD_DATA, use(fixtures + "/images.json"));
  IS(FOVEA_BAD_DATA, use(fixtures));
  IS(FOVEA_NOT_FOUND, use(fixtures + "/nothing"));
  fovea_dict* dict = nullptr;
  IS(FOVEA_BAD_ARGUMENT, fovea_dict_read(nullptr, &dict));
  IS(FOVEA_BAD_ARGUMENT, fovea_dict_read(scratch.c_str(), nullptr));
  int count = 0;
  IS(FOVEA_BAD_ARGUMENT, fovea_dict_count(nullptr, &count));
  fovea_dict_free(nullptr);
}

void check_modules(const std::string& path, const std::string& scratch) {
  fovea_module *module = nullptr, *again = nullptr;
  OK(fovea_module_load(path.c_str(), -1, &module));
  const auto bytes = read_file(path);
  OK(fovea_module_read(bytes.data(), bytes.size(), 255, &again));
  int training = 0;
  OK(fovea_module_is_training(module, &training));
  OK(fovea_module_train(module, 0));
  OK(fovea_module_to(module, 255, 6));
  OK(fovea_module_to(module, -1, -1));
  IS(FOVEA_BAD_ARGUMENT, fovea_module_to(module, -1, 1000));
  float memory[] = {1, 2};
  const int64_t size = 2;
  fovea_value x{}, results[2] = {};
  x.tag = FOVEA_TENSOR;
  fovea_tensor* input = nullptr;
  OK(fovea_tensor_from_blob(memory, &size, nullptr, 1, 6, nullptr, nullptr, &input));
  x.as.pointer = input;
  int count = 2;
  OK(fovea_module_call(module, "both", &x, 1, results, &count));
  for (const fovea_value& result : results) fovea_tensor_free(static_cast<fovea_tensor*>(const_cast<void*>(result.as.pointer)));
  count = 1;
  IS(FOVEA_BAD_ARGUMENT, fovea_module_call(module, "both", &x, 1, results, &count));
  IS(FOVEA_ERROR, fovea_module_call(module, "fails", &x, 1, results, &count));
  IS(FOVEA_NOT_FOUND, fovea_module_call(module, "nothing", &x, 1, results, &count));
  IS(FOVEA_BAD_ARGUMENT, fovea_module_call(module, "forward", &x, 5, results, &count));
  IS(FOVEA_BAD_ARGUMENT, fovea_module_call(nullptr, "forward", &x, 1, results, &count));
  for (const int buffers : {0, 1}) {
    fovea_dict* state = nullptr;
    OK(fovea_module_state(module, buffers, &state));
    fovea_dict_free(state);
  }
  OK(fovea_module_save(module, scratch.c_str()));
  IS(FOVEA_ERROR, fovea_module_save(module, "/no/such/folder/x.pt"));
  fovea_module_free(module);
  fovea_module_free(again);
  fovea_module_free(nullptr);
  OK(fovea_module_load(scratch.c_str(), 255, &module));
  fovea_module_free(module);
  write_file(scratch, {1, 2, 3});
  IS(FOVEA_BAD_DATA, fovea_module_load(scratch.c_str(), -1, &module));
  IS(FOVEA_BAD_DATA, fovea_module_read(bytes.data(), 100, -1, &module));
  IS(FOVEA_BAD_ARGUMENT, fovea_module_read(nullptr, 0, -1, &module));
  IS(FOVEA_NOT_FOUND, fovea_module_load("/no/such/file", -1, &module));

  OK(fovea_tensor_save(input, scratch.c_str()));
  fovea_tensor* loaded = nullptr;
  OK(fovea_tensor_load(scratch.c_str(), &loaded));
  fovea_tensor_free(loaded);
  IS(FOVEA_NOT_FOUND, fovea_tensor_load("/no/such/file", &loaded));
  IS(FOVEA_BAD_DATA, fovea_tensor_load((path.substr(0, path.rfind('/')) + "/images.json").c_str(), &loaded));
  IS(FOVEA_BAD_ARGUMENT, fovea_tensor_save(nullptr, scratch.c_str()));
  fovea_tensor_free(input);
}

}  // namespace

void check_files(const std::string& fixtures) {
  char folder[] = "/tmp/fovea-check-XXXXXX";
  CHECK(mkdtemp(folder) != nullptr);
  const std::string scratch = std::string(folder) + "/file";
  check_dicts(fixtures, scratch);
  check_modules(fixtures + "/script.pt", scratch);
  unlink(scratch.c_str());
  rmdir(folder);
}
