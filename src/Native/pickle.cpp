#include "pickle.h"

#include <cstring>
#include <unordered_map>

namespace fovea {
namespace {

using Kind = PickleObject::Kind;

// An object takes a hundred times its byte in the file; a checkpoint of a large model has some ten thousand.
constexpr size_t kMostObjects = 4000000;

[[noreturn]] void broken(const std::string& why) { throw Failure(FOVEA_BAD_DATA, "broken pickle: " + why); }

// The machine that a pickle is a program for: a stack, marks on it, and a memo of numbered objects.
class Machine {
 public:
  Machine(Range range, std::deque<PickleObject>& objects) : at_(range.data), end_(range.data + range.length), objects_(objects) {}

  PickleObject* run() {
    for (;;) {
      const uint8_t code = *take(1);
      if (code == '.') return pop();
      step(code);
    }
  }

  const uint8_t* at() const { return at_; }

 private:
  const uint8_t* take(uint64_t bytes) {
    if (static_cast<uint64_t>(end_ - at_) < bytes) broken("it ends early");
    const uint8_t* from = at_;
    at_ += bytes;
    return from;
  }

  uint64_t number(int bytes) {
    const uint8_t* from = take(static_cast<uint64_t>(bytes));
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
  }

  std::string text(uint64_t length) {
    const uint8_t* from = take(length);
    return std::string(reinterpret_cast<const char*>(from), length);
  }

  std::string line() {
    const auto* newline = static_cast<const uint8_t*>(std::memchr(at_, '\n', static_cast<size_t>(end_ - at_)));
    if (newline == nullptr) broken("it ends early");
    std::string found = text(static_cast<uint64_t>(newline - at_));
    take(1);
    return found;
  }

  PickleObject* make(Kind kind) {
    if (objects_.size() >= kMostObjects) broken("more than " + std::to_string(kMostObjects) + " objects");
    objects_.emplace_back();
    objects_.back().kind = kind;
    return &objects_.back();
  }

  PickleObject* push(Kind kind) {
    PickleObject* made = make(kind);
    stack_.push_back(made);
    return made;
  }

  void push_int(int64_t value, Kind kind = Kind::Int) { push(kind)->integer = value; }

  // Nothing below the last mark may be taken but by what ends the mark.
  size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }

  PickleObject* pop() {
    PickleObject* last = top();
    stack_.pop_back();
    return last;
  }

  PickleObject* top() {
    if (stack_.size() <= floor()) broken("its stack runs out");
    return stack_.back();
  }

  std::vector<PickleObject*> pop_mark() {
    if (marks_.empty()) broken("a mark is missing");
    std::vector<PickleObject*> items(stack_.begin() + static_cast<ptrdiff_t>(marks_.back()), stack_.end());
    stack_.resize(marks_.back());
    marks_.pop_back();
    return items;
  }

  void push_tuple(std::vector<PickleObject*> items) { push(Kind::Tuple)->items = std::move(items); }

  void push_tuple(int count) {
    std::vector<PickleObject*> items(static_cast<size_t>(count));
    for (int i = count - 1; i >= 0; i--) items[static_cast<size_t>(i)] = pop();
    push_tuple(std::move(items));
  }

  // A two's complement number of any length; above 64 bits only its being there matters.
  void push_long(uint64_t bytes) {
    const uint8_t* from = take(bytes);
    uint64_t value = bytes > 0 && (from[bytes - 1] & 0x80) ? ~uint64_t{0} : 0;
    for (uint64_t i = bytes < 8 ? bytes : 8; i-- > 0;) value = value << 8 | from[i];
    push_int(static_cast<int64_t>(value));
    if (bytes > 8) stack_.back()->text.assign(reinterpret_cast<const char*>(from), bytes);
  }

  void set(const std::vector<PickleObject*>& items) {
    PickleObject* dict = top();
    if (items.size() % 2 != 0) broken("a key without a value");
    // An object of a class of somebody's may behave as a dict; what is set in it does not matter here.
    if (!dict->is(Kind::Dict)) return;
    for (size_t i = 0; i < items.size(); i += 2) dict->pairs.emplace_back(items[i], items[i + 1]);
  }

  void append(const std::vector<PickleObject*>& items) {
    PickleObject* list = top();
    if (list->is(Kind::List)) list->items.insert(list->items.end(), items.begin(), items.end());
  }

  // collections.OrderedDict() is a dict, and of what else is called the record is kept.
  void call() {
    PickleObject* arguments = pop();
    PickleObject* function = pop();
    if (!arguments->is(Kind::Tuple)) broken("arguments that are no tuple");
    if (function->is(Kind::Global) && function->text == "collections.OrderedDict") {
      PickleObject* dict = push(Kind::Dict);
      const PickleObject* pairs = arguments->items.empty() ? nullptr : arguments->items[0];
      for (size_t i = 0; pairs != nullptr && pairs->is(Kind::List) && i < pairs->items.size(); i++) {
        const PickleObject* pair = pairs->items[i];
        if (pair->items.size() != 2) broken("an OrderedDict of something else than pairs");
        dict->pairs.emplace_back(pair->items[0], pair->items[1]);
      }
      return;
    }
    push(Kind::Call)->items = {function, arguments};
  }

  void remember(uint64_t key) { memo_[key] = top(); }

  void recall(uint64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) broken("it recalls what it never remembered");
    stack_.push_back(found->second);
  }

  void step(uint8_t code) {
    switch (code) {
      case 0x80:  // PROTO
        if (const uint64_t protocol = number(1); protocol > 5) broken("protocol " + std::to_string(protocol));
        return;
      case 0x95:  // FRAME
        take(8);
        return;
      case '(':
        return marks_.push_back(stack_.size());
      case '0':  // POP
        if (stack_.size() == floor() && !marks_.empty()) return marks_.pop_back();
        return void(pop());
      case '1':  // POP_MARK
        return void(pop_mark());
      case '2':  // DUP
        return stack_.push_back(top());
      case 'N':
        return void(push(Kind::None));
      case 0x88:  // NEWTRUE
        return push_int(1, Kind::Bool);
      case 0x89:  // NEWFALSE
        return push_int(0, Kind::Bool);
      case 'K':  // BININT1
        return push_int(static_cast<int64_t>(number(1)));
      case 'M':  // BININT2
        return push_int(static_cast<int64_t>(number(2)));
      case 'J':  // BININT
        return push_int(static_cast<int32_t>(number(4)));
      case 0x8a:  // LONG1
        return push_long(number(1));
      case 0x8b:  // LONG4
        return push_long(number(4));
      case 'G': {  // BINFLOAT, big-endian
        uint64_t bits = __builtin_bswap64(number(8));
        std::memcpy(&push(Kind::Double)->real, &bits, 8);
        return;
      }
      case 'X':   // BINUNICODE
      case 'T':   // BINSTRING
      case 'B': {  // BINBYTES
        const uint64_t length = number(4);
        push(Kind::String)->text = text(length);
        return;
      }
      case 0x8c:  // SHORT_BINUNICODE
      case 'U':   // SHORT_BINSTRING
      case 'C': {  // SHORT_BINBYTES
        const uint64_t length = number(1);
        push(Kind::String)->text = text(length);
        return;
      }
      case 0x8d:   // BINUNICODE8
      case 0x8e:   // BINBYTES8
      case 0x96: {  // BYTEARRAY8
        const uint64_t length = number(8);
        push(Kind::String)->text = text(length);
        return;
      }
      case ')':
        return push_tuple(0);
      case 0x85:
        return push_tuple(1);
      case 0x86:
        return push_tuple(2);
      case 0x87:
        return push_tuple(3);
      case 't':
        return push_tuple(pop_mark());
      case ']':   // EMPTY_LIST
      case 0x8f:  // EMPTY_SET
        return void(push(Kind::List));
      case 'l':   // LIST
      case 0x91: {  // FROZENSET
        auto items = pop_mark();
        push(Kind::List)->items = std::move(items);
        return;
      }
      case '}':
        return void(push(Kind::Dict));
      case 'd': {  // DICT
        const auto items = pop_mark();
        push(Kind::Dict);
        return set(items);
      }
      case 'a': {  // APPEND
        PickleObject* item = pop();
        return append({item});
      }
      case 'e':   // APPENDS
      case 0x90:  // ADDITEMS
        return append(pop_mark());
      case 's': {  // SETITEM
        PickleObject* value = pop();
        PickleObject* key = pop();
        return set({key, value});
      }
      case 'u':  // SETITEMS
        return set(pop_mark());
      case 'c': {  // GLOBAL
        const std::string module = line();
        push(Kind::Global)->text = module + "." + line();
        return;
      }
      case 0x93: {  // STACK_GLOBAL
        const PickleObject* name = pop();
        const PickleObject* module = pop();
        push(Kind::Global)->text = module->text + "." + name->text;
        return;
      }
      case 'R':   // REDUCE
      case 0x81:  // NEWOBJ
        return call();
      case 0x92: {  // NEWOBJ_EX
        pop();
        return call();
      }
      case 'b':  // BUILD: attributes of an object, which nothing here looks at
        pop();
        return void(top());
      case 'Q': {  // BINPERSID
        PickleObject* id = pop();
        push(Kind::Persistent)->items = {id};
        return;
      }
      case 'q':  // BINPUT
        return remember(number(1));
      case 'r':  // LONG_BINPUT
        return remember(number(4));
      case 0x94:  // MEMOIZE
        return remember(memo_.size());
      case 'h':  // BINGET
        return recall(number(1));
      case 'j':  // LONG_BINGET
        return recall(number(4));
      default:
        broken("instruction " + std::to_string(code) + ", which PyTorch's files do not have");
    }
  }

  const uint8_t* at_;
  const uint8_t* end_;
  std::deque<PickleObject>& objects_;
  std::vector<PickleObject*> stack_;
  std::vector<size_t> marks_;
  std::unordered_map<uint64_t, PickleObject*> memo_;
};

}  // namespace

const PickleObject* PickleObject::find(const char* key) const {
  const PickleObject* found = nullptr;  // the last one of that name counts, as in Python
  for (const auto& [name, value] : pairs) {
    if (name->is(Kind::String) && name->text == key) found = value;
  }
  return found;
}

std::vector<const PickleObject*> Unpickler::persistent() const {
  std::vector<const PickleObject*> ids;
  for (const PickleObject& object : objects_) {
    if (object.is(Kind::Persistent)) ids.push_back(object.items[0]);
  }
  return ids;
}

PickleObject* Unpickler::read(Range& range) {
  Machine machine(range, objects_);
  PickleObject* root = machine.run();
  range.length -= static_cast<size_t>(machine.at() - range.data);
  range.data = machine.at();
  return root;
}

}  // namespace fovea
