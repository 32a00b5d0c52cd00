#pragma once

namespace fovea {

// Tensor cores that multiply bfloat16: compute capability 8.0 or more on any device there is.
bool cuda_has_fast_bfloat16();

}  // namespace fovea
