#include <png.h>

#include <cstring>
#include <vector>

#include "image/color.h"
#include "image/orientation.h"
#include "image/protect.h"
#include "image/reader.h"

namespace fovea::image {
namespace {

// Chunks that do not change the pixels as they are decoded here; the library need not unpack or keep them.
const png_byte kIgnored[] =
    "bKGD\0cHRM\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";
constexpr int kIgnoredCount = sizeof kIgnored / 5;

class PngReader final : public Reader, private Protected {
 public:
  explicit PngReader(Bytes file) : file_(file) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &PngReader::fail, [](png_structp, png_const_charp) {});
    info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, &info_, nullptr);
      throw std::bad_alloc();
    }
    try {
      protect(FOVEA_BAD_DATA, "broken PNG", [&] {
        png_set_read_fn(png_, this, &PngReader::take);
        png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // the limit is on pixels, and the caller's
#ifdef PNG_HANDLE_AS_UNKNOWN_SUPPORTED
        png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, kIgnored, kIgnoredCount);
#endif
        png_read_info(png_, info_);
      });
    } catch (...) {
      png_destroy_read_struct(&png_, &info_, nullptr);
      throw;
    }
    const int colors = png_get_color_type(png_, info_);
    header_.format = FOVEA_PNG;
    header_.width = static_cast<int32_t>(png_get_image_width(png_, info_));
    header_.height = static_cast<int32_t>(png_get_image_height(png_, info_));
    header_.is_palette = colors == PNG_COLOR_TYPE_PALETTE;
    header_.channels = header_.is_palette ? 3 : png_get_channels(png_, info_);
    header_.bits = png_get_bit_depth(png_, info_);
    header_.orientation = orientation();
  }

  ~PngReader() override { png_destroy_read_struct(&png_, &info_, nullptr); }

  void size(int, int& width, int& height) const override {
    width = header_.width;
    height = header_.height;
  }

  void read(const Reading& reading, const Pixels& target) override {
    const bool colorful = header_.is_palette || header_.channels >= 3;
    if (reading.raw_index && (header_.bits == 16 || (colorful && !header_.is_palette) || header_.channels == 2)) {
      throw Failure(FOVEA_BAD_DATA, "indices are wanted, but the PNG has neither a palette nor one grey channel of at most 8 bits");
    }
    const bool converts = target.channels == 1 && colorful && !reading.raw_index;
    const size_t row_bytes = static_cast<size_t>(target.width) * (converts ? 3 : target.channels);
    const bool interlaced = png_get_interlace_type(png_, info_) != PNG_INTERLACE_NONE;
    // Interlaced rows are completed pass by pass, so all of them have to be kept as they come.
    if (converts) colors_.resize(row_bytes * (interlaced ? static_cast<size_t>(target.height) : 1));
    protect(FOVEA_BAD_DATA, "broken PNG", [&] {
      if (reading.raw_index) {
        png_set_packing(png_);
      } else {
        transform(converts ? 3 : target.channels);
      }
      const int passes = png_set_interlace_handling(png_);
      png_read_update_info(png_, info_);
      if (png_get_rowbytes(png_, info_) != row_bytes) png_error(png_, "rows are not as long as they should be");
      for (int pass = 0; pass < passes; pass++) {
        for (int y = 0; y < target.height; y++) {
          png_bytep row = !converts ? target.row(y) : colors_.data() + (interlaced ? static_cast<size_t>(y) * row_bytes : 0);
          png_read_row(png_, row, nullptr);
          if (converts && pass == passes - 1) rgb_to_grey(row, target.row(y), target.width);
        }
      }
      png_read_end(png_, nullptr);
    });
  }

 private:
  static void fail(png_structp png, png_const_charp message) {
    auto* reader = static_cast<PngReader*>(png_get_error_ptr(png));
    std::snprintf(reader->message_, sizeof reader->message_, "%s", message);
    reader->jump();
  }

  static void take(png_structp png, png_bytep out, size_t length) {
    auto* reader = static_cast<PngReader*>(png_get_io_ptr(png));
    if (reader->file_.length - reader->position_ < length) png_error(png, "the file ends early");
    std::memcpy(out, reader->file_.data + reader->position_, length);
    reader->position_ += length;
  }

  // To 8-bit samples of the given number.
  void transform(int channels) {
    const int colors = png_get_color_type(png_, info_);
    if (colors == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png_);
    if (colors == PNG_COLOR_TYPE_GRAY && header_.bits < 8) png_set_expand_gray_1_2_4_to_8(png_);
    if (header_.bits == 16) png_set_scale_16(png_);
    if (channels >= 3 && !(colors & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png_);
    if (channels < 4) {
      png_set_strip_alpha(png_);
    } else if (png_get_valid(png_, info_, PNG_INFO_tRNS)) {
      png_set_tRNS_to_alpha(png_);
    } else if (!(colors & PNG_COLOR_MASK_ALPHA)) {
      png_set_add_alpha(png_, 0xFF, PNG_FILLER_AFTER);
    }
  }

  int orientation() const {
#ifdef PNG_eXIf_SUPPORTED
    png_bytep exif = nullptr;
    png_uint_32 length = 0;
    if (png_get_eXIf_1(png_, info_, &length, &exif) == PNG_INFO_eXIf) return exif_orientation({exif, length});
#endif
    return 1;
  }

  Bytes file_;
  size_t position_ = 0;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  std::vector<uint8_t> colors_;
};

}  // namespace

std::unique_ptr<Reader> open_png(Bytes file) { return std::make_unique<PngReader>(file); }

}  // namespace fovea::image
