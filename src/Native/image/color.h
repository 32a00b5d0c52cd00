// Conversions the codecs do not do themselves; with Pillow's arithmetic, so that both give the same bytes.
#pragma once

#include <cstdint>

namespace fovea::image {

// Rec. 601 luma in 16-bit fixed point.
void rgb_to_grey(const uint8_t* rgb, uint8_t* grey, int width);

// CMYK as Adobe's programs store it in JPEG, inverted (0 is full ink), to 1, 3 or 4 channels.
void cmyk_to(int channels, const uint8_t* cmyk, uint8_t* out, int width);

}  // namespace fovea::image
