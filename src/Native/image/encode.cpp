#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jpeglib.h>
#include <png.h>

#include "image/protect.h"

namespace fovea::image {
namespace {

struct Picture {
  const uint8_t* pixels;
  int width, height, channels;
  size_t stride;
};

// Grows by doubling; malloc'ed, because fovea_image_free is all a caller has.
class Buffer {
 public:
  ~Buffer() { std::free(data_); }

  // False: no memory.
  bool reserve(size_t wanted) {
    if (wanted <= capacity_) return true;
    size_t capacity = capacity_ == 0 ? 4096 : capacity_;
    while (capacity < wanted) capacity *= 2;
    void* grown = std::realloc(data_, capacity);
    if (grown == nullptr) return false;
    data_ = static_cast<uint8_t*>(grown);
    capacity_ = capacity;
    return true;
  }

  uint8_t* data() const { return data_; }
  size_t capacity() const { return capacity_; }
  size_t length = 0;

  uint8_t* give() {
    uint8_t* given = data_;
    data_ = nullptr;
    return given;
  }

 private:
  uint8_t* data_ = nullptr;
  size_t capacity_ = 0;
};

class JpegWriter : private Protected {
 public:
  JpegWriter() {
    jpeg_.err = jpeg_std_error(&errors_);
    jpeg_.client_data = this;
    errors_.error_exit = [](j_common_ptr jpeg) {
      char text[JMSG_LENGTH_MAX];
      jpeg->err->format_message(jpeg, text);
      std::snprintf(of(jpeg)->message_, sizeof message_, "%s", text);
      of(jpeg)->jump();
    };
    errors_.output_message = [](j_common_ptr) {};
    destination_.init_destination = [](j_compress_ptr jpeg) { of(jpeg)->room(0); };
    destination_.empty_output_buffer = [](j_compress_ptr jpeg) -> boolean {
      of(jpeg)->room(of(jpeg)->buffer.capacity());  // this callback means that all of it is full
      return TRUE;
    };
    destination_.term_destination = [](j_compress_ptr jpeg) { of(jpeg)->buffer.length = of(jpeg)->buffer.capacity() - jpeg->dest->free_in_buffer; };
  }

  ~JpegWriter() { jpeg_destroy_compress(&jpeg_); }

  void write(const Picture& picture, int quality) {
    protect(FOVEA_BAD_ARGUMENT, "JPEG not written", [&] {
      jpeg_create_compress(&jpeg_);
      jpeg_.dest = &destination_;
      jpeg_.image_width = static_cast<JDIMENSION>(picture.width);
      jpeg_.image_height = static_cast<JDIMENSION>(picture.height);
      jpeg_.input_components = picture.channels;
      jpeg_.in_color_space = picture.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
      jpeg_set_defaults(&jpeg_);
      jpeg_set_quality(&jpeg_, quality, TRUE);
      jpeg_start_compress(&jpeg_, TRUE);
      while (jpeg_.next_scanline < jpeg_.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(picture.pixels + static_cast<size_t>(jpeg_.next_scanline) * picture.stride);
        jpeg_write_scanlines(&jpeg_, &row, 1);
      }
      jpeg_finish_compress(&jpeg_);
    });
  }

  Buffer buffer;

 private:
  template <typename Jpeg>
  static JpegWriter* of(Jpeg jpeg) {
    return static_cast<JpegWriter*>(jpeg->client_data);
  }

  void room(size_t used) {
    if (!buffer.reserve(used == 0 ? 65536 : 2 * used)) {
      std::snprintf(message_, sizeof message_, "out of memory");
      jump();
    }
    destination_.next_output_byte = buffer.data() + used;
    destination_.free_in_buffer = buffer.capacity() - used;
  }

  jpeg_compress_struct jpeg_{};
  jpeg_error_mgr errors_{};
  jpeg_destination_mgr destination_{};
};

class PngWriter : private Protected {
 public:
  PngWriter() {
    png_ = png_create_write_struct(
        PNG_LIBPNG_VER_STRING, this,
        [](png_structp png, png_const_charp message) {
          auto* writer = static_cast<PngWriter*>(png_get_error_ptr(png));
          std::snprintf(writer->message_, sizeof writer->message_, "%s", message);
          writer->jump();
        },
        [](png_structp, png_const_charp) {});
    info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_write_struct(&png_, &info_);
      throw std::bad_alloc();
    }
  }

  ~PngWriter() { png_destroy_write_struct(&png_, &info_); }

  void write(const Picture& picture, int compression, const uint8_t* palette, int colors) {
    protect(FOVEA_BAD_ARGUMENT, "PNG not written", [&] {
      png_set_write_fn(png_, this, &PngWriter::append, nullptr);
      png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
      png_set_compression_level(png_, compression);
      const int type = palette != nullptr        ? PNG_COLOR_TYPE_PALETTE
                       : picture.channels == 1   ? PNG_COLOR_TYPE_GRAY
                       : picture.channels == 3   ? PNG_COLOR_TYPE_RGB
                                                 : PNG_COLOR_TYPE_RGB_ALPHA;
      png_set_IHDR(png_, info_, static_cast<png_uint_32>(picture.width), static_cast<png_uint_32>(picture.height), 8, type, PNG_INTERLACE_NONE,
                   PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
      if (palette != nullptr) {
        png_color entries[256];
        for (int i = 0; i < colors; i++) entries[i] = {palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]};
        png_set_PLTE(png_, info_, entries, colors);
      }
      png_write_info(png_, info_);
      for (int y = 0; y < picture.height; y++) png_write_row(png_, picture.pixels + static_cast<size_t>(y) * picture.stride);
      png_write_end(png_, info_);
    });
  }

  Buffer buffer;

 private:
  static void append(png_structp png, png_bytep data, size_t length) {
    Buffer& buffer = static_cast<PngWriter*>(png_get_io_ptr(png))->buffer;
    if (!buffer.reserve(buffer.length + length)) png_error(png, "out of memory");
    std::memcpy(buffer.data() + buffer.length, data, length);
    buffer.length += length;
  }

  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

Picture checked(const uint8_t* pixels, int width, int height, int channels, size_t stride) {
  given(pixels, "pixels");
  if (width < 1 || height < 1) throw Failure(FOVEA_BAD_ARGUMENT, "size: wanted at least 1 x 1, got " + std::to_string(width) + " x " + std::to_string(height));
  const size_t row = static_cast<size_t>(width) * static_cast<size_t>(channels);
  if (stride != 0 && stride < row) {
    throw Failure(FOVEA_BAD_ARGUMENT, "stride: wanted 0 or at least " + std::to_string(row) + ", got " + std::to_string(stride));
  }
  return {pixels, width, height, channels, stride == 0 ? row : stride};
}

void check_channels(int channels, bool alpha_too) {
  if (channels != FOVEA_GREY && channels != FOVEA_RGB && !(alpha_too && channels == FOVEA_RGBA)) {
    throw Failure(FOVEA_BAD_ARGUMENT, std::string("channels: wanted ") + (alpha_too ? "1, 3 or 4" : "1 or 3 (JPEG has no alpha)") + ", got " + std::to_string(channels));
  }
}

void check_range(const char* name, int value, int low, int high) {
  if (value < low || value > high) {
    throw Failure(FOVEA_BAD_ARGUMENT, std::string(name) + ": wanted " + std::to_string(low) + " to " + std::to_string(high) + ", got " + std::to_string(value));
  }
}

template <typename Writer>
void give(Writer& writer, uint8_t** out, size_t* out_length) {
  *out_length = writer.buffer.length;
  *out = writer.buffer.give();
}

}  // namespace
}  // namespace fovea::image

using namespace fovea;
using namespace fovea::image;

int fovea_image_encode(int format, const uint8_t* pixels, int width, int height, int channels, size_t stride, int quality, uint8_t** out,
                       size_t* out_length) {
  return guard([&] {
    given(out, "out");
    given(out_length, "out_length");
    if (format == FOVEA_JPEG) {
      check_channels(channels, false);
      const int q = quality == -1 ? 90 : quality;
      check_range("quality", q, 1, 100);
      JpegWriter writer;
      writer.write(checked(pixels, width, height, channels, stride), q);
      give(writer, out, out_length);
    } else if (format == FOVEA_PNG) {
      check_channels(channels, true);
      const int compression = quality == -1 ? 6 : quality;
      check_range("compression", compression, 0, 9);
      PngWriter writer;
      writer.write(checked(pixels, width, height, channels, stride), compression, nullptr, 0);
      give(writer, out, out_length);
    } else {
      throw Failure(FOVEA_BAD_ARGUMENT, "format: wanted 1 (JPEG) or 2 (PNG), got " + std::to_string(format));
    }
  });
}

int fovea_image_encode_index(const uint8_t* indices, int width, int height, size_t stride, const uint8_t* palette, int count, uint8_t** out,
                             size_t* out_length) {
  return guard([&] {
    given(out, "out");
    given(out_length, "out_length");
    const Picture picture = checked(indices, width, height, 1, stride);
    if (palette != nullptr) {
      check_range("count", count, 1, 256);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          const int index = picture.pixels[static_cast<size_t>(y) * picture.stride + static_cast<size_t>(x)];
          if (index >= count) {
            throw Failure(FOVEA_BAD_ARGUMENT, "index " + std::to_string(index) + " at (" + std::to_string(x) + ", " + std::to_string(y) +
                                                  ") has no color; the palette has " + std::to_string(count));
          }
        }
      }
    }
    PngWriter writer;
    writer.write(picture, 6, palette, count);
    give(writer, out, out_length);
  });
}

void fovea_image_free(uint8_t* encoded) { std::free(encoded); }
