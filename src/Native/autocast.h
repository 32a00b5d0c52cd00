#pragma once

#include <c10/core/DeviceType.h>
#include <c10/core/ScalarType.h>

namespace fovea {

// What autocast computes in on a device, whether it is on or not.
c10::ScalarType autocast_dtype(c10::DeviceType type);

}  // namespace fovea
