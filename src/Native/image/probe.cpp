#include <cstring>

#include "image/reader.h"

namespace fovea::image {
namespace {

struct Magic {
  const char* bytes;
  size_t length, offset;
  const char* name;
};

// Formats people have lying about, so that the error can say what the file is.
const Magic kOthers[] = {
    {"GIF8", 4, 0, "a GIF"},         {"BM", 2, 0, "a BMP"},           {"WEBP", 4, 8, "a WebP"},
    {"II*\0", 4, 0, "a TIFF"},       {"MM\0*", 4, 0, "a TIFF"},       {"ftypheic", 8, 4, "a HEIC"},
    {"ftypavif", 8, 4, "an AVIF"},   {"%PDF", 4, 0, "a PDF"},         {"<?xml", 5, 0, "XML"},
    {"<!DOCTYPE", 9, 0, "HTML"},     {"<html", 5, 0, "HTML"},         {"PK\3\4", 4, 0, "a zip archive"},
    {"\0\0\0\fjP  ", 8, 0, "a JPEG 2000"},
};

bool starts_with(Bytes file, const char* bytes, size_t length, size_t offset = 0) {
  return file.length >= offset + length && std::memcmp(file.data + offset, bytes, length) == 0;
}

}  // namespace

std::unique_ptr<Reader> open(Bytes file) {
  if (file.length == 0) throw Failure(FOVEA_BAD_DATA, "the file is empty");
  if (starts_with(file, "\xFF\xD8\xFF", 3)) return open_jpeg(file);
  if (starts_with(file, "\x89PNG\r\n\x1A\n", 8)) return open_png(file);
  for (const Magic& magic : kOthers) {
    if (starts_with(file, magic.bytes, magic.length, magic.offset)) {
      throw Failure(FOVEA_BAD_DATA, std::string("neither a JPEG nor a PNG: it looks like ") + magic.name);
    }
  }
  throw Failure(FOVEA_BAD_DATA, "neither a JPEG nor a PNG by its first bytes");
}

}  // namespace fovea::image

using namespace fovea;

int fovea_image_probe(const uint8_t* file, size_t length, fovea_image_header* out) {
  return guard([&] {
    if (length > 0) given(file, "file");
    *given(out, "out") = image::open({file, length})->header();
  });
}
