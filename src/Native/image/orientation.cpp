#include "image/orientation.h"

#include <cstring>

namespace fovea::image {
namespace {

// Reads numbers of either byte order; out of bounds gives 0, which no field below means anything by.
class Tiff {
 public:
  Tiff(Bytes bytes, bool little) : bytes_(bytes), little_(little) {}

  uint32_t number(size_t offset, int length) const {
    if (offset > bytes_.length || bytes_.length - offset < static_cast<size_t>(length)) return 0;
    uint32_t value = 0;
    for (int i = 0; i < length; i++) value = value << 8 | bytes_.data[offset + (little_ ? length - 1 - i : i)];
    return value;
  }

 private:
  Bytes bytes_;
  bool little_;
};

constexpr uint32_t kOrientation = 0x0112, kShort = 3;

}  // namespace

int exif_orientation(Bytes tiff) {
  if (tiff.length < 8) return 1;
  const bool little = std::memcmp(tiff.data, "II*\0", 4) == 0;
  if (!little && std::memcmp(tiff.data, "MM\0*", 4) != 0) return 1;
  const Tiff reader(tiff, little);
  const size_t directory = reader.number(4, 4);
  const uint32_t entries = reader.number(directory, 2);
  for (uint32_t i = 0; i < entries; i++) {
    const size_t entry = directory + 2 + 12 * static_cast<size_t>(i);
    if (entry + 12 > tiff.length) return 1;
    if (reader.number(entry, 2) != kOrientation) continue;
    const uint32_t value = reader.number(entry + 8, 2);
    return reader.number(entry + 2, 2) == kShort && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

void turn(int orientation, const Pixels& source, const Pixels& target) {
  const size_t size = static_cast<size_t>(source.channels);
  const int right = source.width - 1, bottom = source.height - 1;
  for (int y = 0; y < target.height; y++) {
    uint8_t* out = target.row(y);
    for (int x = 0; x < target.width; x++, out += size) {
      int from_x = x, from_y = y;
      switch (orientation) {
        case 2:  // mirrored
          from_x = right - x;
          break;
        case 3:  // by a half turn
          from_x = right - x;
          from_y = bottom - y;
          break;
        case 4:  // upside down, mirrored
          from_y = bottom - y;
          break;
        case 5:  // transposed
          from_x = y;
          from_y = x;
          break;
        case 6:  // a quarter turn clockwise makes it upright
          from_x = y;
          from_y = bottom - x;
          break;
        case 7:  // transposed along the other diagonal
          from_x = right - y;
          from_y = bottom - x;
          break;
        case 8:  // a quarter turn anticlockwise makes it upright
          from_x = right - y;
          from_y = x;
          break;
        default:
          break;
      }
      std::memcpy(out, source.row(from_y) + static_cast<size_t>(from_x) * size, size);
    }
  }
}

}  // namespace fovea::image
