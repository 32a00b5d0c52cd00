// Sixteen numbers at a time, on CPUs with AVX512's products of bfloat16.
//
// Those products take pairs: two bfloat16 side by side.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace fovea::bfloat16 {

#define FOVEA_BFLOAT16 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma")))
#define FOVEA_BFLOAT16_INLINE FOVEA_BFLOAT16 inline __attribute__((always_inline))

constexpr int64_t kVector = 16;

FOVEA_BFLOAT16_INLINE __m512 wide(const uint16_t* from) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))), 16));
}

FOVEA_BFLOAT16_INLINE __m512 wide(const float* from) { return _mm512_loadu_ps(from); }

FOVEA_BFLOAT16_INLINE void put(uint16_t* to, __m512 values) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(values)));
}

FOVEA_BFLOAT16_INLINE void put(float* to, __m512 values) { _mm512_storeu_ps(to, values); }

FOVEA_BFLOAT16_INLINE __m512i order_of_pairs() {
  return _mm512_add_epi32(_mm512_set1_epi32(16 << 16), _mm512_mullo_epi32(_mm512_set1_epi32(0x10001), _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)));
}

// first[0], second[0], first[1], second[1], ...
FOVEA_BFLOAT16_INLINE void put_pairs(uint32_t* to, __m512 first, __m512 second) {
  const __m512i halves = reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(second, first));
  _mm512_storeu_si512(to, _mm512_permutexvar_epi16(order_of_pairs(), halves));
}

// The same of numbers as they lie in memory.
FOVEA_BFLOAT16_INLINE void put_pairs(uint32_t* to, const uint16_t* first, const uint16_t* second) {
  const __m512i both = _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(first))),
                                          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(second)), 1);
  _mm512_storeu_si512(to, _mm512_permutexvar_epi16(order_of_pairs(), both));
}

// Eight pairs of each of 16 filters, stored filter by filter, as eight rows of 16 that lie one vector apart.
FOVEA_BFLOAT16_INLINE void transpose_pairs(const uint32_t* filters, uint32_t* to) {
  __m512i rows[8], fours[8];
#pragma GCC unroll 8
  for (int i = 0; i < 8; i++) {
    const auto* row = reinterpret_cast<const __m256i*>(filters) + i;
    rows[i] = _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_loadu_si256(row)), _mm256_loadu_si256(row + 8), 1);
  }
#pragma GCC unroll 2
  for (int i = 0; i < 8; i += 4) {
    const __m512i a = _mm512_unpacklo_epi32(rows[i], rows[i + 1]), b = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
    const __m512i c = _mm512_unpacklo_epi32(rows[i + 2], rows[i + 3]), d = _mm512_unpackhi_epi32(rows[i + 2], rows[i + 3]);
    fours[i] = _mm512_unpacklo_epi64(a, c);
    fours[i + 1] = _mm512_unpackhi_epi64(a, c);
    fours[i + 2] = _mm512_unpacklo_epi64(b, d);
    fours[i + 3] = _mm512_unpackhi_epi64(b, d);
  }
  const __m512i even = _mm512_set_epi64(13, 12, 5, 4, 9, 8, 1, 0), odd = _mm512_set_epi64(15, 14, 7, 6, 11, 10, 3, 2);
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    _mm512_storeu_si512(to + i * kVector, _mm512_permutex2var_epi64(fours[i], even, fours[4 + i]));
    _mm512_storeu_si512(to + (4 + i) * kVector, _mm512_permutex2var_epi64(fours[i], odd, fours[4 + i]));
  }
}

}  // namespace fovea::bfloat16
