// Reads Python's pickles as data. Nothing of them is run: a call in the pickle becomes a record of what would be called.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "archive.h"

namespace fovea {

struct PickleObject {
  enum class Kind { None, Bool, Int, Double, String, Tuple, List, Dict, Global, Call, Persistent };

  Kind kind = Kind::None;
  int64_t integer = 0;  // Bool and Int
  double real = 0;
  std::string text;                                      // String (or bytes); Global: "module.name"
  std::vector<PickleObject*> items;                      // Tuple, List; Call: function and arguments; Persistent: its id
  std::vector<std::pair<PickleObject*, PickleObject*>> pairs;  // Dict

  bool is(Kind wanted) const { return kind == wanted; }
  const PickleObject* find(const char* key) const;  // in a Dict; null where it is not
};

// Owns all objects of the pickles it reads, so that their references to each other may go in circles.
class Unpickler {
 public:
  // Reads one pickle and moves range to what follows it. FOVEA_BAD_DATA where it is none.
  PickleObject* read(Range& range);

  // The ids of all persistent objects (PyTorch's storages) so far.
  std::vector<const PickleObject*> persistent() const;

 private:
  std::deque<PickleObject> objects_;
};

}  // namespace fovea
