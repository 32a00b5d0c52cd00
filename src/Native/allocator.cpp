#include <malloc.h>

#include "runtime.h"

namespace fovea {

void keep_tensor_memory() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, -1);
}

}  // namespace fovea
