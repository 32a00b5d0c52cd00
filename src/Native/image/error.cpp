#include "message.h"

namespace fovea {

int caught() noexcept {
  try {
    throw;
  } catch (const Failure& e) {
    return keep(e.status, e.what());
  } catch (const std::bad_alloc&) {
    return keep(FOVEA_OUT_OF_MEMORY, "out of memory");
  } catch (const std::exception& e) {
    return keep(FOVEA_ERROR, e.what());
  } catch (...) {
    return keep(FOVEA_ERROR, "an exception that is no std::exception");
  }
}

}  // namespace fovea

size_t fovea_image_error(char* buffer, size_t capacity) { return fovea::copy(fovea::last_message(), buffer, capacity); }

int fovea_image_abi(void) { return FOVEA_ABI; }
