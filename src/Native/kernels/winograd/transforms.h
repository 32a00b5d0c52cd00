// What happens to 16 channels of one tile or one filter.
//
// A tile is 2x2 pixels of the result, which see 4x4 of the input. Transformed it has 4x4 points, and the convolution is a product of
// matrices at each of them.
#pragma once

#include "kernels/bfloat16/vectors.h"

namespace fovea::winograd {

using namespace bfloat16;

constexpr int64_t kPoints = 16;

// values[0], values[step], values[2 step] and values[3 step], in place.
FOVEA_BFLOAT16_INLINE void transform_line_of_input(__m512* values, int step) {
  const __m512 a = values[0], b = values[step], c = values[2 * step], d = values[3 * step];
  values[0] = _mm512_sub_ps(a, c);
  values[step] = _mm512_add_ps(b, c);
  values[2 * step] = _mm512_sub_ps(c, b);
  values[3 * step] = _mm512_sub_ps(b, d);
}

// Sixteen channels of a tile from its 4x4 pixels.
FOVEA_BFLOAT16_INLINE void transform_input(const uint16_t* const* pixels, int64_t channel, __m512* points) {
#pragma GCC unroll 16
  for (int p = 0; p < 16; p++) points[p] = wide(pixels[p] + channel);
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++) transform_line_of_input(points + j, 4);
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) transform_line_of_input(points + 4 * i, 1);
}

// Sixteen channels of the gradient's tile from its 2x2 pixels.
FOVEA_BFLOAT16_INLINE void transform_gradient(const uint16_t* const* pixels, int64_t channel, __m512* points) {
  __m512 lines[8];
#pragma GCC unroll 2
  for (int j = 0; j < 2; j++) {
    const __m512 a = wide(pixels[j] + channel), b = wide(pixels[2 + j] + channel);
    lines[j] = a;
    lines[2 + j] = _mm512_add_ps(a, b);
    lines[4 + j] = _mm512_sub_ps(a, b);
    lines[6 + j] = _mm512_sub_ps(_mm512_setzero_ps(), b);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    const __m512 a = lines[2 * i], b = lines[2 * i + 1];
    points[4 * i] = a;
    points[4 * i + 1] = _mm512_add_ps(a, b);
    points[4 * i + 2] = _mm512_sub_ps(a, b);
    points[4 * i + 3] = _mm512_sub_ps(_mm512_setzero_ps(), b);
  }
}

// Sixteen channels of a filter from its 3x3 taps, which lie channels floats or bfloat16 apart.
template <typename Scalar>
FOVEA_BFLOAT16_INLINE void transform_filter(const Scalar* taps, int64_t channels, __m512* points) {
  const __m512 half = _mm512_set1_ps(0.5f);
  __m512 lines[12];
#pragma GCC unroll 3
  for (int j = 0; j < 3; j++) {
    const __m512 a = wide(taps + j * channels), b = wide(taps + (3 + j) * channels), c = wide(taps + (6 + j) * channels);
    const __m512 outer = _mm512_mul_ps(half, _mm512_add_ps(a, c));
    lines[j] = a;
    lines[3 + j] = _mm512_fmadd_ps(half, b, outer);
    lines[6 + j] = _mm512_fnmadd_ps(half, b, outer);
    lines[9 + j] = c;
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    const __m512 a = lines[3 * i], b = lines[3 * i + 1], c = lines[3 * i + 2];
    const __m512 outer = _mm512_mul_ps(half, _mm512_add_ps(a, c));
    points[4 * i] = a;
    points[4 * i + 1] = _mm512_fmadd_ps(half, b, outer);
    points[4 * i + 2] = _mm512_fnmadd_ps(half, b, outer);
    points[4 * i + 3] = c;
  }
}

// Four pixels of the result from the 16 points of the product, which lie step floats apart.
FOVEA_BFLOAT16_INLINE void transform_product(const float* product, int64_t step, __m512* pixels) {
  __m512 lines[8];
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++) {
    const __m512 a = wide(product + j * step), b = wide(product + (4 + j) * step), c = wide(product + (8 + j) * step), d = wide(product + (12 + j) * step);
    lines[j] = _mm512_add_ps(_mm512_add_ps(a, b), c);
    lines[4 + j] = _mm512_sub_ps(_mm512_sub_ps(b, c), d);
  }
#pragma GCC unroll 2
  for (int i = 0; i < 2; i++) {
    const __m512 *line = lines + 4 * i;
    pixels[2 * i] = _mm512_add_ps(_mm512_add_ps(line[0], line[1]), line[2]);
    pixels[2 * i + 1] = _mm512_sub_ps(_mm512_sub_ps(line[1], line[2]), line[3]);
  }
}

// Nine taps of the weight's gradient from the 16 points of the product, which lie step floats apart.
FOVEA_BFLOAT16_INLINE void transform_weight(const float* product, int64_t step, __m512* taps) {
  const __m512 half = _mm512_set1_ps(0.5f);
  __m512 lines[12];
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++) {
    const __m512 a = wide(product + j * step), b = wide(product + (4 + j) * step), c = wide(product + (8 + j) * step), d = wide(product + (12 + j) * step);
    const __m512 sum = _mm512_mul_ps(half, _mm512_add_ps(b, c));
    lines[j] = _mm512_add_ps(a, sum);
    lines[4 + j] = _mm512_mul_ps(half, _mm512_sub_ps(b, c));
    lines[8 + j] = _mm512_add_ps(sum, d);
  }
#pragma GCC unroll 3
  for (int i = 0; i < 3; i++) {
    const __m512* line = lines + 4 * i;
    const __m512 sum = _mm512_mul_ps(half, _mm512_add_ps(line[1], line[2]));
    taps[3 * i] = _mm512_add_ps(line[0], sum);
    taps[3 * i + 1] = _mm512_mul_ps(half, _mm512_sub_ps(line[1], line[2]));
    taps[3 * i + 2] = _mm512_add_ps(sum, line[3]);
  }
}

}  // namespace fovea::winograd
