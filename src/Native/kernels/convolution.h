#pragma once

namespace fovea {

// From here on autocast leaves a weight in float32 that a convolution of ours reads as it is.
void take_autocast_convolutions();

}  // namespace fovea
