#pragma once

#include "image/reader.h"

namespace fovea::image {

// EXIF's orientation from a TIFF block (what follows "Exif\0\0" in a JPEG, the whole of a PNG's eXIf), or 1.
int exif_orientation(Bytes tiff);

// 5 to 8 turn by a quarter, so width and height change places.
inline bool swaps(int orientation) { return orientation >= 5; }

// Copies source to target, upright; target's size is source's, swapped where the orientation swaps.
void turn(int orientation, const Pixels& source, const Pixels& target);

}  // namespace fovea::image
