// An image file that is being read. One class a format; the rest of the codec knows only this.
#pragma once

#include <memory>

#include "guard.h"

namespace fovea::image {

struct Bytes {
  const uint8_t* data;
  size_t length;
};

// Rows of interleaved 8-bit samples, in memory of somebody else.
struct Pixels {
  uint8_t* data;
  size_t stride;
  int width, height, channels;

  uint8_t* row(int y) const { return data + static_cast<size_t>(y) * stride; }
};

// What is read, at which of the eighths of full size (JPEG), and whether a palette's indices are wanted (PNG).
struct Reading {
  int eighths = 8;
  bool raw_index = false;
};

class Reader {
 public:
  virtual ~Reader() = default;

  // Known once the reader exists: its constructor reads the header.
  const fovea_image_header& header() const { return header_; }

  // Size before any rotation.
  virtual void size(int eighths, int& width, int& height) const = 0;

  // Once: target has the size above and 1, 3 or 4 channels. Throws where the file is broken or ends early.
  virtual void read(const Reading& reading, const Pixels& target) = 0;

 protected:
  fovea_image_header header_{};
};

std::unique_ptr<Reader> open_jpeg(Bytes file);
std::unique_ptr<Reader> open_png(Bytes file);

// By the file's first bytes. Throws FOVEA_BAD_DATA and says what it seems to be instead.
std::unique_ptr<Reader> open(Bytes file);

}  // namespace fovea::image
