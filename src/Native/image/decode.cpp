#include <climits>

#include "image/orientation.h"
#include "image/reader.h"

namespace fovea::image {
namespace {

constexpr int64_t kDefaultMaxPixels = 178956970;  // Pillow's

struct Plan {
  Reading reading;
  int stored_width = 0, stored_height = 0;  // as decoded
  int width = 0, height = 0;                // as given to the caller
  int orientation = 1;
};

void check(const fovea_image_request& request) {
  if (request.channels != FOVEA_GREY && request.channels != FOVEA_RGB && request.channels != FOVEA_RGBA) {
    throw Failure(FOVEA_BAD_ARGUMENT, "channels: wanted 1, 3 or 4, got " + std::to_string(request.channels));
  }
  if (request.raw_index != 0 && request.channels != FOVEA_GREY) {
    throw Failure(FOVEA_BAD_ARGUMENT, "raw_index wants 1 channel, got " + std::to_string(request.channels));
  }
  if (request.min_width < 0 || request.min_height < 0 || request.max_pixels < 0) {
    throw Failure(FOVEA_BAD_ARGUMENT, "min_width, min_height and max_pixels are not negative");
  }
}

Plan plan(const Reader& reader, const fovea_image_request& request) {
  check(request);
  const fovea_image_header& header = reader.header();
  const int64_t pixels = static_cast<int64_t>(header.width) * header.height;
  const int64_t limit = request.max_pixels == 0 ? kDefaultMaxPixels : request.max_pixels;
  if (pixels > limit) {
    throw Failure(FOVEA_TOO_LARGE, std::to_string(header.width) + " x " + std::to_string(header.height) + " are " + std::to_string(pixels) +
                                       " pixels, above the limit of " + std::to_string(limit));
  }
  if (request.raw_index != 0 && header.format != FOVEA_PNG) throw Failure(FOVEA_BAD_DATA, "indices are wanted, but the file is a JPEG");

  Plan plan;
  plan.reading.raw_index = request.raw_index != 0;
  plan.orientation = request.orient != 0 ? header.orientation : 1;
  const bool swapped = swaps(plan.orientation);
  const int min_width = swapped ? request.min_height : request.min_width, min_height = swapped ? request.min_width : request.min_height;
  if (header.format == FOVEA_JPEG && (min_width > 0 || min_height > 0)) {
    for (plan.reading.eighths = 1; plan.reading.eighths < 8; plan.reading.eighths++) {
      int width = 0, height = 0;
      reader.size(plan.reading.eighths, width, height);
      if (width >= min_width && height >= min_height) break;
    }
  }
  reader.size(plan.reading.eighths, plan.stored_width, plan.stored_height);
  plan.width = swapped ? plan.stored_height : plan.stored_width;
  plan.height = swapped ? plan.stored_width : plan.stored_height;
  return plan;
}

void check_room(const Plan& plan, int channels, size_t stride, size_t capacity) {
  const size_t row = static_cast<size_t>(plan.width) * static_cast<size_t>(channels);
  const size_t gaps = static_cast<size_t>(plan.height - 1);
  size_t wanted = 0;
  if (stride < row || __builtin_mul_overflow(stride, gaps, &wanted) || __builtin_add_overflow(wanted, row, &wanted) || capacity < wanted) {
    throw Failure(FOVEA_BAD_ARGUMENT, std::to_string(plan.width) + " x " + std::to_string(plan.height) + " pixels of " + std::to_string(channels) +
                                          " bytes need a stride of at least " + std::to_string(row) + " and " + std::to_string(wanted) +
                                          " bytes; got " + std::to_string(stride) + " and " + std::to_string(capacity));
  }
}

}  // namespace
}  // namespace fovea::image

using namespace fovea;
using namespace fovea::image;

int fovea_image_size(const uint8_t* file, size_t length, const fovea_image_request* request, int* width, int* height) {
  return guard([&] {
    if (length > 0) given(file, "file");
    given(width, "width");
    given(height, "height");
    check(*given(request, "request"));
    const Plan p = plan(*open({file, length}), *request);
    *width = p.width;
    *height = p.height;
  });
}

int fovea_image_decode(const uint8_t* file, size_t length, const fovea_image_request* request, uint8_t* pixels, size_t stride, size_t capacity) {
  return guard([&] {
    if (length > 0) given(file, "file");
    given(pixels, "pixels");
    check(*given(request, "request"));
    const auto reader = open({file, length});
    const Plan p = plan(*reader, *request);
    const int channels = request->channels;
    if (stride == 0) stride = static_cast<size_t>(p.width) * static_cast<size_t>(channels);
    check_room(p, channels, stride, capacity);
    const Pixels target{pixels, stride, p.width, p.height, channels};
    if (p.orientation == 1) {
      reader->read(p.reading, target);
      return;
    }
    const size_t row = static_cast<size_t>(p.stored_width) * static_cast<size_t>(channels);
    const std::unique_ptr<uint8_t[]> stored(new uint8_t[row * static_cast<size_t>(p.stored_height)]);
    const Pixels source{stored.get(), row, p.stored_width, p.stored_height, channels};
    reader->read(p.reading, source);
    turn(p.orientation, source, target);
  });
}
