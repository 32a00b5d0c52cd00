// Products of small matrices of pairs, summed in float32.
#pragma once

#include <cstdint>

namespace fovea::bfloat16 {

#ifdef __x86_64__

// Whether this CPU gains by them: with AVX512's products of bfloat16, and without AMX, with which oneDNN is faster still.
bool is_fast();

#else

inline bool is_fast() { return false; }

#endif

// Where the next row and the next pair of a row lie.
struct Left {
  const uint32_t* pairs;
  int64_t row, pair;
};

// One panel, (pairs, 16), or two, panel pairs apart.
struct Right {
  const uint32_t* pairs;
  int64_t panel;
  int panels;
};

constexpr int64_t kMostRows = 14;

// result (rows, 16 panels) = left * right, or added to what is there; rows are at most kMostRows.
void multiply(const Left& left, const Right& right, int64_t rows, int64_t pairs, bool adds, float* result, int64_t result_row);

}  // namespace fovea::bfloat16
