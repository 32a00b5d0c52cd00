// The least a driver needs: a failed check is printed and counted, the rest goes on.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

inline int failures = 0;

inline void report(bool holds, const char* what, const char* file, int line) {
  if (holds) return;
  failures++;
  std::printf("%s:%d: %s\n", file, line, what);
}

#define CHECK(condition) report((condition), #condition, __FILE__, __LINE__)
#define IS(status, call) report((call) == (status), #call " is not " #status, __FILE__, __LINE__)
#define OK(call) IS(FOVEA_OK, call)

inline std::vector<uint8_t> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_file(const std::string& path, const std::vector<uint8_t>& bytes) {
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

// A generator of its own, so that a failing round can be run again.
class Random {
 public:
  explicit Random(uint32_t seed) : state_(seed) {}
  uint32_t below(uint32_t limit) {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<uint32_t>(static_cast<uint64_t>(state_) * limit >> 32);
  }

 private:
  uint32_t state_;
};

inline std::vector<uint8_t> damaged(std::vector<uint8_t> bytes, Random& random) {
  for (uint32_t i = 1 + random.below(6); i > 0; i--) bytes[random.below(static_cast<uint32_t>(bytes.size()))] = static_cast<uint8_t>(random.below(256));
  if (random.below(5) == 0) bytes.resize(random.below(static_cast<uint32_t>(bytes.size())));
  return bytes;
}
