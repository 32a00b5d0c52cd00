#include "color.h"

namespace fovea::image {
namespace {

inline uint8_t luma(int r, int g, int b) { return static_cast<uint8_t>((19595 * r + 38470 * g + 7471 * b + 0x8000) >> 16); }

// a * b / 255, rounded.
inline int scaled(int a, int b) {
  const int product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}

}  // namespace

void rgb_to_grey(const uint8_t* rgb, uint8_t* grey, int width) {
  for (int x = 0; x < width; x++) grey[x] = luma(rgb[3 * x], rgb[3 * x + 1], rgb[3 * x + 2]);
}

void cmyk_to(int channels, const uint8_t* cmyk, uint8_t* out, int width) {
  for (int x = 0; x < width; x++, cmyk += 4, out += channels) {
    const int light = cmyk[3];
    const int r = light - scaled(255 - cmyk[0], light), g = light - scaled(255 - cmyk[1], light), b = light - scaled(255 - cmyk[2], light);
    if (channels == 1) {
      out[0] = luma(r, g, b);
      continue;
    }
    out[0] = static_cast<uint8_t>(r);
    out[1] = static_cast<uint8_t>(g);
    out[2] = static_cast<uint8_t>(b);
    if (channels == 4) out[3] = 255;
  }
}

}  // namespace fovea::image
