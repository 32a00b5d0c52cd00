#include "multiply.h"

#include <array>
#include <utility>

#include "runtime.h"
#include "vectors.h"

namespace fovea::bfloat16 {
namespace {

// All sums stay in registers: 28 of 32 are theirs at most, and with fewer than 12 the products would wait for one another.
template <int Rows, int Panels>
FOVEA_BFLOAT16 void multiply(const Left& left, const Right& right, int64_t pairs, bool adds, float* result, int64_t result_row) {
  __m512 sums[Rows][Panels];
#pragma GCC unroll 16
  for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 2
    for (int v = 0; v < Panels; v++) sums[r][v] = adds ? _mm512_loadu_ps(result + r * result_row + v * kVector) : _mm512_setzero_ps();
  }
  const uint32_t *row = left.pairs, *column = right.pairs;
  for (int64_t k = 0; k < pairs; k++, row += left.pair, column += kVector) {
    __m512bh columns[Panels];
#pragma GCC unroll 2
    for (int v = 0; v < Panels; v++) columns[v] = reinterpret_cast<__m512bh>(_mm512_loadu_si512(column + v * right.panel));
#pragma GCC unroll 16
    for (int r = 0; r < Rows; r++) {
      const auto pair = reinterpret_cast<__m512bh>(_mm512_set1_epi32(static_cast<int>(row[r * left.row])));
#pragma GCC unroll 2
      for (int v = 0; v < Panels; v++) sums[r][v] = _mm512_dpbf16_ps(sums[r][v], pair, columns[v]);
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < Rows; r++) {
#pragma GCC unroll 2
    for (int v = 0; v < Panels; v++) _mm512_storeu_ps(result + r * result_row + v * kVector, sums[r][v]);
  }
}

using Multiply = void (*)(const Left&, const Right&, int64_t, bool, float*, int64_t);

template <size_t... Rows>
constexpr std::array<std::array<Multiply, 2>, kMostRows> of_rows_and_panels(std::index_sequence<Rows...>) {
  return {{{&multiply<Rows + 1, 1>, &multiply<Rows + 1, 2>}...}};
}

constexpr auto kMultiply = of_rows_and_panels(std::make_index_sequence<kMostRows>());

}  // namespace

bool is_fast() {
  static const bool fast = has_avx512() && __builtin_cpu_supports("avx512bf16") && !__builtin_cpu_supports("amx-bf16");
  return fast;
}

void multiply(const Left& left, const Right& right, int64_t rows, int64_t pairs, bool adds, float* result, int64_t result_row) {
  kMultiply[static_cast<size_t>(rows - 1)][static_cast<size_t>(right.panels - 1)](left, right, pairs, adds, result, result_row);
}

}  // namespace fovea::bfloat16
