#pragma once

#include <cstdint>

namespace fovea {

// What a convolution of images looks at.
struct Window {
  int64_t images, channels, height, width;  // of the input
  int64_t filters, rows, columns;           // of the weight
  int64_t stride[2], padding[2], dilation[2];
  int64_t result_height = (height + 2 * padding[0] - dilation[0] * (rows - 1) - 1) / stride[0] + 1;
  int64_t result_width = (width + 2 * padding[1] - dilation[1] * (columns - 1) - 1) / stride[1] + 1;

  int64_t pixels() const { return images * result_height * result_width; }
  int64_t seen() const { return rows * columns * channels; }

  // Each window is a pixel of the input, and each pixel one.
  bool is_pixel() const {
    return rows * columns == 1 && stride[0] == 1 && stride[1] == 1 && padding[0] == 0 && padding[1] == 0;
  }
};

}  // namespace fovea
