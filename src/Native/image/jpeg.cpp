#include <cstdio>

#include <jpeglib.h>
// After it: jerror.h numbers its messages by what jpeglib.h says the library can do.
#include <jerror.h>

#include <cstring>
#include <vector>

#include "image/color.h"
#include "image/orientation.h"
#include "image/protect.h"
#include "image/reader.h"

namespace fovea::image {
namespace {

// A progressive file may hold any number of scans, each of which costs a pass over the whole picture; encoders write about ten.
constexpr int kMostScans = 500;

// Warnings after which pixels are made up or missing. The others (stray bytes between segments, an odd version number) do not touch the picture.
bool loses_pixels(int warning) {
  switch (warning) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_NOT_SEQUENTIAL:
      return true;
    default:
      return false;
  }
}

class JpegReader final : public Reader, private Protected {
 public:
  explicit JpegReader(Bytes file) {
    jpeg_.err = jpeg_std_error(&errors_);
    jpeg_.client_data = this;
    errors_.error_exit = [](j_common_ptr jpeg) { of(jpeg)->fail(); };
    errors_.emit_message = [](j_common_ptr jpeg, int level) {
      if (level < 0 && loses_pixels(jpeg->err->msg_code)) of(jpeg)->fail();
    };
    errors_.output_message = [](j_common_ptr) {};
    try {
      protect(FOVEA_BAD_DATA, "broken JPEG", [&] {
        jpeg_create_decompress(&jpeg_);
        jpeg_mem_src(&jpeg_, file.data, static_cast<unsigned long>(file.length));
        jpeg_save_markers(&jpeg_, JPEG_APP0 + 1, 0xFFFF);
        jpeg_read_header(&jpeg_, TRUE);
      });
    } catch (...) {
      jpeg_destroy_decompress(&jpeg_);
      throw;
    }
    header_.format = FOVEA_JPEG;
    header_.width = static_cast<int32_t>(jpeg_.image_width);
    header_.height = static_cast<int32_t>(jpeg_.image_height);
    header_.channels = jpeg_.num_components;
    header_.bits = jpeg_.data_precision;
    header_.is_cmyk = is_cmyk();
    header_.orientation = orientation();
  }

  ~JpegReader() override { jpeg_destroy_decompress(&jpeg_); }

  void size(int eighths, int& width, int& height) const override {
    width = static_cast<int>((static_cast<int64_t>(header_.width) * eighths + 7) / 8);
    height = static_cast<int>((static_cast<int64_t>(header_.height) * eighths + 7) / 8);
  }

  void read(const Reading& reading, const Pixels& target) override {
    choose_colors(target.channels);
    progress_.progress_monitor = [](j_common_ptr jpeg) {
      if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > kMostScans) {
        std::snprintf(of(jpeg)->message_, sizeof message_, "more than %d scans", kMostScans);
        of(jpeg)->jump();
      }
    };
    jpeg_.progress = &progress_;
    jpeg_.scale_num = static_cast<unsigned>(reading.eighths);
    jpeg_.scale_denom = 8;
    int width = 0, height = 0;
    size(reading.eighths, width, height);
    if (converts_) row_.resize(static_cast<size_t>(width) * (is_cmyk() ? 4 : 3));
    protect(FOVEA_BAD_DATA, "broken JPEG", [&] {
      jpeg_start_decompress(&jpeg_);
      // The caller's memory was measured by our own formula; the codec's must be the same.
      if (static_cast<int>(jpeg_.output_width) != target.width || static_cast<int>(jpeg_.output_height) != target.height) {
        std::snprintf(message_, sizeof message_, "the codec gives %u x %u, not %d x %d", jpeg_.output_width, jpeg_.output_height, target.width, target.height);
        jump();
      }
      while (jpeg_.output_scanline < jpeg_.output_height) {
        uint8_t* out = target.row(static_cast<int>(jpeg_.output_scanline));
        JSAMPROW row = converts_ ? row_.data() : out;
        jpeg_read_scanlines(&jpeg_, &row, 1);
        if (!converts_) continue;
        if (is_cmyk()) {
          cmyk_to(target.channels, row, out, target.width);
        } else {
          rgb_to_grey(row, out, target.width);
        }
      }
      jpeg_finish_decompress(&jpeg_);
    });
  }

 private:
  static JpegReader* of(j_common_ptr jpeg) { return static_cast<JpegReader*>(jpeg->client_data); }

  [[noreturn]] void fail() {
    char text[JMSG_LENGTH_MAX];
    errors_.format_message(reinterpret_cast<j_common_ptr>(&jpeg_), text);
    std::snprintf(message_, sizeof message_, "%s", text);
    jump();
  }

  bool is_cmyk() const { return jpeg_.jpeg_color_space == JCS_CMYK || jpeg_.jpeg_color_space == JCS_YCCK; }

  int orientation() const {
    static const char name[] = "Exif\0";
    for (jpeg_saved_marker_ptr marker = jpeg_.marker_list; marker != nullptr; marker = marker->next) {
      if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6 && std::memcmp(marker->data, name, 6) == 0) {
        return exif_orientation({marker->data + 6, marker->data_length - 6});
      }
    }
    return 1;
  }

  void choose_colors(int channels) {
    converts_ = is_cmyk();
    if (is_cmyk()) {
      jpeg_.out_color_space = JCS_CMYK;
    } else if (channels == 4) {
      jpeg_.out_color_space = JCS_EXT_RGBA;
    } else if (channels == 3) {
      jpeg_.out_color_space = JCS_RGB;
    } else if (jpeg_.jpeg_color_space == JCS_YCbCr || jpeg_.jpeg_color_space == JCS_GRAYSCALE) {
      jpeg_.out_color_space = JCS_GRAYSCALE;
    } else {
      jpeg_.out_color_space = JCS_RGB;
      converts_ = true;
    }
  }

  jpeg_decompress_struct jpeg_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  std::vector<uint8_t> row_;
  bool converts_ = false;  // rows come as CMYK or RGB and are converted here
};

}  // namespace

std::unique_ptr<Reader> open_jpeg(Bytes file) { return std::make_unique<JpegReader>(file); }

}  // namespace fovea::image
