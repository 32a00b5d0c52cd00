// Loops that are compiled three times, for AVX512, AVX2 and any x86-64, and chosen when they first run.
//
// A body is an always-inlined function template; FOVEA_FOR_TARGETS(name, body, (parameters), (arguments)) makes of it name(), which calls
// the version for this CPU.
#pragma once

#include "runtime.h"

namespace fovea {

#define FOVEA_INLINE inline __attribute__((always_inline))

#ifdef __x86_64__
#define FOVEA_AVX2 __attribute__((target("avx2,fma")))
#define FOVEA_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma,prefer-vector-width=512")))
#else
#define FOVEA_AVX2
#define FOVEA_AVX512
#endif

template <typename Function>
Function* chosen([[maybe_unused]] Function* avx512, [[maybe_unused]] Function* avx2, Function* any) {
#ifdef __x86_64__
  if (has_avx512()) return avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2;
#endif
  return any;
}

// For a template of one scalar type.
#define FOVEA_FOR_TARGETS(name, body, parameters, arguments)                                                \
  template <typename Scalar>                                                                                \
  void name##_any parameters {                                                                              \
    body<Scalar> arguments;                                                                                 \
  }                                                                                                         \
  template <typename Scalar>                                                                                \
  FOVEA_AVX2 void name##_avx2 parameters {                                                                  \
    body<Scalar> arguments;                                                                                 \
  }                                                                                                         \
  template <typename Scalar>                                                                                \
  FOVEA_AVX512 void name##_avx512 parameters {                                                              \
    body<Scalar> arguments;                                                                                 \
  }                                                                                                         \
  template <typename Scalar>                                                                                \
  void name parameters {                                                                                    \
    static auto* const version = chosen(&name##_avx512<Scalar>, &name##_avx2<Scalar>, &name##_any<Scalar>); \
    version arguments;                                                                                      \
  }

}  // namespace fovea
