#include "dict.h"

#include <ATen/Functions.h>

#include <cstring>
#include <map>

#include "handle.h"
#include "pickle.h"

namespace fovea {
namespace {

using Kind = PickleObject::Kind;

[[noreturn]] void broken(const std::string& why) { throw Failure(FOVEA_BAD_DATA, "broken state dict: " + why); }

const std::map<std::string, at::ScalarType>& storage_types() {
  static const std::map<std::string, at::ScalarType> types = {
      {"torch.FloatStorage", at::kFloat},        {"torch.DoubleStorage", at::kDouble}, {"torch.HalfStorage", at::kHalf},
      {"torch.BFloat16Storage", at::kBFloat16},  {"torch.LongStorage", at::kLong},     {"torch.IntStorage", at::kInt},
      {"torch.ShortStorage", at::kShort},        {"torch.CharStorage", at::kChar},     {"torch.ByteStorage", at::kByte},
      {"torch.BoolStorage", at::kBool},          {"torch.ComplexFloatStorage", at::kComplexFloat},
      {"torch.ComplexDoubleStorage", at::kComplexDouble},
  };
  return types;
}

struct Storage {
  at::ScalarType type;
  int64_t elements;
  at::Tensor tensor;  // one dimension
};

// Where storages' bytes are: in entries of an archive, or one after another behind the pickles.
class Storages {
 public:
  virtual ~Storages() = default;

  const Storage& get(const PickleObject& persistent) {
    const PickleObject& id = *persistent.items.at(0);
    if (!id.is(Kind::Tuple) || id.items.size() < 5 || id.items[0]->text != "storage" || !id.items[1]->is(Kind::Global) ||
        !id.items[2]->is(Kind::String) || !id.items[4]->is(Kind::Int)) {
      broken("a storage without its description");
    }
    const std::string& key = id.items[2]->text;
    const auto known = storages_.find(key);
    if (known != storages_.end()) return known->second;
    const auto type = storage_types().find(id.items[1]->text);
    if (type == storage_types().end()) broken("storages of type " + id.items[1]->text + " are not known");
    // A view of another storage, which PyTorch stopped writing at version 0.4.
    if (id.items.size() > 5 && !id.items[5]->is(Kind::None)) broken("a storage that is a view of another");
    Storage storage{type->second, id.items[4]->integer, {}};
    const int64_t size = static_cast<int64_t>(c10::elementSize(storage.type));
    int64_t bytes = 0;
    if (storage.elements < 0 || __builtin_mul_overflow(storage.elements, size, &bytes)) broken("a storage of " + std::to_string(storage.elements) + " elements");
    const Range found = find(key);
    if (found.length < static_cast<size_t>(bytes)) {
      broken("storage " + key + " has " + std::to_string(found.length) + " bytes; " + std::to_string(bytes) + " are wanted");
    }
    storage.tensor = at::empty({storage.elements}, storage.type);
    if (bytes > 0) std::memcpy(storage.tensor.data_ptr(), found.data, static_cast<size_t>(bytes));
    return storages_.emplace(key, std::move(storage)).first->second;
  }

 protected:
  virtual Range find(const std::string& key) = 0;

 private:
  std::map<std::string, Storage> storages_;
};

class ArchivedStorages final : public Storages {
 public:
  ArchivedStorages(const ZipArchive& archive, std::string prefix) : archive_(archive), prefix_(std::move(prefix)) {}

 protected:
  Range find(const std::string& key) override { return archive_.get(prefix_ + "data/" + key); }

 private:
  const ZipArchive& archive_;
  std::string prefix_;
};

class TrailingStorages final : public Storages {
 public:
  // keys: the order in which the bytes follow, each after its count of elements.
  TrailingStorages(const PickleObject& keys, Range rest) : rest_(rest) {
    for (const PickleObject* key : keys.items) order_.push_back(key->text);
  }

  // The length of a storage is known only from its description, so they are read in the order of the file.
  void place(const std::map<std::string, size_t>& sizes) {
    for (const std::string& key : order_) {
      const auto size = sizes.find(key);
      if (size == sizes.end()) broken("a storage " + key + " that nothing uses");
      uint64_t elements = 0;
      if (rest_.length < sizeof elements) broken("it ends early");
      std::memcpy(&elements, rest_.data, sizeof elements);
      rest_ = {rest_.data + sizeof elements, rest_.length - sizeof elements};
      if (elements > rest_.length / size->second) broken("it ends early, in storage " + key);
      const size_t bytes = elements * size->second;
      found_[key] = {rest_.data, bytes};
      rest_ = {rest_.data + bytes, rest_.length - bytes};
    }
  }

 protected:
  Range find(const std::string& key) override {
    const auto entry = found_.find(key);
    if (entry == found_.end()) broken("storage " + key + " is missing");
    return entry->second;
  }

 private:
  Range rest_;
  std::vector<std::string> order_;
  std::map<std::string, Range> found_;
};

// Numbers of a tuple or of a torch.Size made from one.
std::vector<int64_t> numbers(const PickleObject* tuple) {
  if (tuple->is(Kind::Call) && tuple->items[0]->text == "torch.Size" && tuple->items[1]->items.size() == 1) tuple = tuple->items[1]->items[0];
  if (!tuple->is(Kind::Tuple) && !tuple->is(Kind::List)) broken("sizes that are no tuple");
  std::vector<int64_t> values;
  for (const PickleObject* item : tuple->items) {
    if (!item->is(Kind::Int) || item->integer < 0) broken("a size or stride that is no number from 0");
    values.push_back(item->integer);
  }
  return values;
}

// What _rebuild_parameter and its like are wrapped around, or the call itself.
const PickleObject* unwrapped(const PickleObject* value) {
  for (int depth = 0; depth < 4 && value->is(Kind::Call) && value->items[0]->is(Kind::Global); depth++) {
    const std::string& function = value->items[0]->text;
    const auto& arguments = value->items[1]->items;
    if ((function != "torch._utils._rebuild_parameter" && function != "torch._utils._rebuild_parameter_with_state") || arguments.empty()) break;
    value = arguments[0];
  }
  return value;
}

bool is_tensor(const PickleObject* value) {
  value = unwrapped(value);
  return value->is(Kind::Call) && (value->items[0]->text == "torch._utils._rebuild_tensor_v2" || value->items[0]->text == "torch._utils._rebuild_tensor");
}

at::Tensor tensor_from(const PickleObject* value, Storages& storages, const std::string& name) {
  const auto& arguments = unwrapped(value)->items[1]->items;
  if (arguments.size() < 4 || !arguments[0]->is(Kind::Persistent) || !arguments[1]->is(Kind::Int)) broken(name + " is described in a way that is not known");
  const Storage& storage = storages.get(*arguments[0]);
  const int64_t offset = arguments[1]->integer;
  const std::vector<int64_t> sizes = numbers(arguments[2]), strides = numbers(arguments[3]);
  if (sizes.size() != strides.size()) broken(name + " has " + std::to_string(sizes.size()) + " sizes and " + std::to_string(strides.size()) + " strides");
  int64_t elements = 1, last = offset;
  bool overflow = false;
  for (size_t i = 0; i < sizes.size(); i++) {
    int64_t reach = 0;
    overflow |= __builtin_mul_overflow(elements, sizes[i], &elements);
    overflow |= sizes[i] > 0 && (__builtin_mul_overflow(sizes[i] - 1, strides[i], &reach) || __builtin_add_overflow(last, reach, &last));
  }
  // No state dict repeats elements by stride 0, and a small file must not become a tensor of any size.
  if (overflow || offset < 0 || elements > storage.elements || (elements > 0 && last >= storage.elements)) {
    broken(name + " reaches beyond its storage of " + std::to_string(storage.elements) + " elements");
  }
  if (elements == 0) return at::empty(sizes, storage.type);
  return at::empty({0}, storage.type).set_(storage.tensor.storage(), offset, sizes, strides);  // no view of autograd's, as as_strided would be
}

bool has_tensors(const PickleObject& dict) {
  for (const auto& [key, value] : dict.pairs) {
    if (key->is(Kind::String) && is_tensor(value)) return true;
  }
  return false;
}

// The state dict itself, or the one in a checkpoint.
const PickleObject& state_of(const PickleObject& root) {
  if (root.is(Kind::Dict)) {
    if (has_tensors(root) || root.pairs.empty()) return root;
    for (const char* key : {"state_dict", "model_state_dict", "model"}) {
      const PickleObject* nested = root.find(key);
      if (nested != nullptr && nested->is(Kind::Dict)) return *nested;
    }
    std::string keys;
    for (const auto& pair : root.pairs) keys += (keys.empty() ? "" : ", ") + pair.first->text;
    throw Failure(FOVEA_BAD_DATA, "the file holds a dict without tensors; its keys are " + keys.substr(0, 300));
  }
  if (root.is(Kind::Call) && root.items[0]->text.rfind("__torch__", 0) == 0) {
    throw Failure(FOVEA_BAD_DATA, "the file is a TorchScript module, not a state dict; load it as one");
  }
  throw Failure(FOVEA_BAD_DATA, root.is(Kind::Call) ? "the file holds an object of " + root.items[0]->text + ", not a state dict; save model.state_dict() instead of the model"
                                                    : "the file holds something else than a state dict");
}

std::unique_ptr<fovea_dict> collect(const PickleObject& root, Storages& storages) {
  auto dict = std::make_unique<fovea_dict>();
  for (const auto& [key, value] : state_of(root).pairs) {
    if (key->is(Kind::String) && is_tensor(value)) dict->entries.emplace_back(key->text, tensor_from(value, storages, key->text));
  }
  return dict;
}

std::unique_ptr<fovea_dict> read_archive(Range file) {
  const ZipArchive archive(file);
  const std::string pickle = "data.pkl", name = archive.find(pickle);
  if (name.empty()) throw Failure(FOVEA_BAD_DATA, "a zip archive without data.pkl is none of torch.save");
  const std::string prefix = name.substr(0, name.size() - pickle.size());
  if (archive.has(prefix + "byteorder")) {
    const Range order = archive.get(prefix + "byteorder");
    if (order.length == 3 && std::memcmp(order.data, "big", 3) == 0) throw Failure(FOVEA_BAD_DATA, "the file was written on a big-endian machine");
  }
  Unpickler unpickler;
  Range contents = archive.get(name);
  const PickleObject* root = unpickler.read(contents);
  ArchivedStorages storages(archive, prefix);
  return collect(*root, storages);
}

// torch.save's magic number, 0x1950a86a20f9469cfc6c, as a pickle has it.
constexpr char kMagic[] = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
constexpr int64_t kLegacyProtocol = 1001;

// Before PyTorch 1.6, and still most files of torchvision: pickles one after another, then the storages.
std::unique_ptr<fovea_dict> read_legacy(Range file) {
  Unpickler unpickler;
  const PickleObject* magic = unpickler.read(file);
  if (!magic->is(Kind::Int) || magic->text != kMagic) throw Failure(FOVEA_BAD_DATA, "a pickle, but not one of torch.save");
  const PickleObject* protocol = unpickler.read(file);
  if (protocol->integer != kLegacyProtocol) broken("protocol " + std::to_string(protocol->integer));
  const PickleObject* machine = unpickler.read(file);
  const PickleObject* little = machine->find("little_endian");
  if (little != nullptr && little->integer == 0) throw Failure(FOVEA_BAD_DATA, "the file was written on a big-endian machine");
  const PickleObject* root = unpickler.read(file);
  // The storages' element sizes, from every description in the pickle.
  std::map<std::string, size_t> sizes;
  for (const PickleObject* id : unpickler.persistent()) {
    if (!id->is(Kind::Tuple) || id->items.size() < 5 || !id->items[1]->is(Kind::Global)) continue;
    const auto type = storage_types().find(id->items[1]->text);
    if (type != storage_types().end()) sizes[id->items[2]->text] = c10::elementSize(type->second);
  }
  const PickleObject* keys = unpickler.read(file);
  TrailingStorages storages(*keys, file);
  storages.place(sizes);
  return collect(*root, storages);
}

}  // namespace
}  // namespace fovea

using namespace fovea;

int fovea_dict_read(const char* path, fovea_dict** out) {
  return guard([&] {
    given(out, "out");
    const MappedFile file(given(path, "path"));
    const Range bytes = file.bytes();
    if (ZipArchive::is_one(bytes)) {
      *out = read_archive(bytes).release();
    } else if (bytes.data[0] == 0x80) {
      *out = read_legacy(bytes).release();
    } else {
      throw Failure(FOVEA_BAD_DATA, std::string(path) + " is no file of torch.save");
    }
  });
}

void fovea_dict_free(fovea_dict* dict) { delete dict; }

int fovea_dict_count(const fovea_dict* dict, int* out) {
  return guard([&] { *given(out, "out") = static_cast<int>(given(dict, "dict")->entries.size()); });
}

size_t fovea_dict_name(const fovea_dict* dict, int index, char* buffer, size_t capacity) {
  const bool there = dict != nullptr && index >= 0 && static_cast<size_t>(index) < dict->entries.size();
  return fovea::copy(there ? dict->entries[static_cast<size_t>(index)].first : std::string(), buffer, capacity);
}

int fovea_dict_tensor(const fovea_dict* dict, int index, fovea_tensor** out) {
  return guard([&] {
    const auto& entries = given(dict, "dict")->entries;
    given(out, "out");
    if (index < 0 || static_cast<size_t>(index) >= entries.size()) {
      throw Failure(FOVEA_BAD_ARGUMENT, "entry " + std::to_string(index) + " of " + std::to_string(entries.size()));
    }
    *out = own(at::Tensor(entries[static_cast<size_t>(index)].second));
  });
}
