// Calls every function of libfovea_image: check_image images.json
#include <cstring>

#include "check.h"
#include "fovea.h"

namespace {

std::vector<uint8_t> from_base64(const std::string& text) {
  static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<uint8_t> bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const size_t digit = digits.find(c);
    if (digit == std::string::npos) break;
    bits = bits << 6 | static_cast<uint32_t>(digit);
    if ((count += 6) >= 8) bytes.push_back(static_cast<uint8_t>(bits >> (count -= 8)));
  }
  return bytes;
}

std::vector<std::vector<uint8_t>> files_of(const std::string& json) {
  const std::string key = "\"file\": \"";
  std::vector<std::vector<uint8_t>> files;
  for (size_t at = json.find(key); at != std::string::npos; at = json.find(key, at)) {
    at += key.size();
    files.push_back(from_base64(json.substr(at, json.find('"', at) - at)));
  }
  return files;
}

fovea_image_request request(int channels, int min = 0, bool orient = true, bool raw = false) {
  return {channels, min, min, orient, raw, 1000000};
}

// Exactly as much memory as the size says, so that a byte too many is seen.
int decode(const std::vector<uint8_t>& file, const fovea_image_request& wanted, std::vector<uint8_t>* out = nullptr) {
  int width = 0, height = 0;
  int status = fovea_image_size(file.data(), file.size(), &wanted, &width, &height);
  if (status != FOVEA_OK) return status;
  std::vector<uint8_t> pixels(static_cast<size_t>(width) * static_cast<size_t>(height) * static_cast<size_t>(wanted.channels));
  status = fovea_image_decode(file.data(), file.size(), &wanted, pixels.data(), 0, pixels.size());
  if (out != nullptr) *out = pixels;
  return status;
}

void check_decoding(const std::vector<std::vector<uint8_t>>& files) {
  for (const auto& file : files) {
    fovea_image_header header;
    OK(fovea_image_probe(file.data(), file.size(), &header));
    for (const int channels : {1, 3, 4}) {
      for (const int min : {0, 1, 3, 6, 1000}) {
        OK(decode(file, request(channels, min)));
        OK(decode(file, request(channels, min, false)));
      }
    }
    const int raw = decode(file, request(1, 0, true, true));
    CHECK(header.is_palette ? raw == FOVEA_OK : raw == FOVEA_OK || raw == FOVEA_BAD_DATA);
    for (size_t length = 0; length < file.size(); length++) {
      IS(FOVEA_BAD_DATA, decode({file.begin(), file.begin() + static_cast<ptrdiff_t>(length)}, request(3)));
    }
  }
}

void check_damaged(const std::vector<std::vector<uint8_t>>& files) {
  Random random(1);
  for (int round = 0; round < 20000; round++) {
    const auto& file = files[random.below(static_cast<uint32_t>(files.size()))];
    const int channels[] = {1, 3, 4};
    const bool raw = random.below(8) == 0;
    const int status = decode(damaged(file, random), request(raw ? 1 : channels[random.below(3)], static_cast<int>(random.below(12)), random.below(2) != 0, raw));
    CHECK(status == FOVEA_OK || status == FOVEA_BAD_DATA || status == FOVEA_TOO_LARGE);
  }
}

void check_arguments(const std::vector<uint8_t>& file) {
  fovea_image_header header;
  fovea_image_request wanted = request(3);
  int width = 0, height = 0;
  uint8_t pixels[3] = {};
  IS(FOVEA_BAD_ARGUMENT, fovea_image_probe(nullptr, 5, &header));
  IS(FOVEA_BAD_DATA, fovea_image_probe(nullptr, 0, &header));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_probe(file.data(), file.size(), nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_size(file.data(), file.size(), nullptr, &width, &height));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_size(file.data(), file.size(), &wanted, nullptr, &height));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_size(file.data(), file.size(), &wanted, &width, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_decode(file.data(), file.size(), &wanted, nullptr, 0, 0));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_decode(file.data(), file.size(), &wanted, pixels, 0, sizeof pixels));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_decode(file.data(), file.size(), &wanted, pixels, SIZE_MAX, SIZE_MAX));
  wanted.channels = 2;
  IS(FOVEA_BAD_ARGUMENT, fovea_image_size(file.data(), file.size(), &wanted, &width, &height));
  wanted = request(3, 0, true, true);
  IS(FOVEA_BAD_ARGUMENT, fovea_image_size(file.data(), file.size(), &wanted, &width, &height));
  wanted = request(3, -1);
  IS(FOVEA_BAD_ARGUMENT, fovea_image_size(file.data(), file.size(), &wanted, &width, &height));
  wanted = request(3);
  wanted.max_pixels = 10;
  IS(FOVEA_TOO_LARGE, fovea_image_size(file.data(), file.size(), &wanted, &width, &height));

  char message[8];
  const size_t whole = fovea_image_error(message, sizeof message);
  CHECK(whole > sizeof message && std::strlen(message) == sizeof message - 1);
  CHECK(fovea_image_error(nullptr, 0) == whole);
  CHECK(fovea_image_abi() == FOVEA_ABI);
}

void check_encoding() {
  std::vector<uint8_t> pixels(97 * 61 * 4);
  Random random(2);
  for (uint8_t& value : pixels) value = static_cast<uint8_t>(random.below(256));
  uint8_t* out = nullptr;
  size_t length = 0;
  for (const int channels : {1, 3, 4}) {
    for (const int quality : {-1, 1, 9}) {
      OK(fovea_image_encode(FOVEA_PNG, pixels.data(), 97, 61, channels, 0, quality, &out, &length));
      std::vector<uint8_t> back;
      OK(decode({out, out + length}, request(channels), &back));
      CHECK(std::equal(back.begin(), back.end(), pixels.begin()));
      fovea_image_free(out);
      if (channels == 4) continue;
      OK(fovea_image_encode(FOVEA_JPEG, pixels.data(), 97, 61, channels, 0, quality, &out, &length));
      OK(decode({out, out + length}, request(channels)));
      fovea_image_free(out);
    }
  }
  // Larger than the first buffer.
  std::vector<uint8_t> large(500 * 400 * 3);
  for (uint8_t& value : large) value = static_cast<uint8_t>(random.below(256));
  OK(fovea_image_encode(FOVEA_JPEG, large.data(), 500, 400, 3, 0, 100, &out, &length));
  CHECK(length > 65536 * 3);
  OK(decode({out, out + length}, request(3)));
  fovea_image_free(out);

  std::vector<uint8_t> indices(20 * 10, 3), palette(3 * 4, 7);
  OK(fovea_image_encode_index(indices.data(), 10, 10, 20, palette.data(), 4, &out, &length));
  OK(decode({out, out + length}, request(1, 0, true, true)));
  fovea_image_free(out);
  OK(fovea_image_encode_index(indices.data(), 10, 10, 20, nullptr, 0, &out, &length));
  fovea_image_free(out);
  fovea_image_free(nullptr);

  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode_index(indices.data(), 10, 10, 20, palette.data(), 3, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode_index(indices.data(), 10, 10, 20, palette.data(), 257, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode_index(nullptr, 10, 10, 20, nullptr, 0, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode_index(indices.data(), 10, 10, 5, nullptr, 0, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_JPEG, pixels.data(), 9, 9, 4, 0, 90, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_JPEG, pixels.data(), 9, 9, 3, 0, 101, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_JPEG, large.data(), 65501, 1, 1, 0, 90, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_PNG, pixels.data(), 9, 9, 3, 0, 10, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_PNG, pixels.data(), 0, 9, 3, 0, 6, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_PNG, pixels.data(), 9, 9, 2, 0, 6, &out, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_PNG, pixels.data(), 9, 9, 3, 0, 6, nullptr, &length));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(FOVEA_PNG, pixels.data(), 9, 9, 3, 0, 6, &out, nullptr));
  IS(FOVEA_BAD_ARGUMENT, fovea_image_encode(3, pixels.data(), 9, 9, 3, 0, 6, &out, &length));
}

void check_no_image() {
  for (const std::string text : {"", "G", "GIF89a", "some text that is no image", "\xFF\xD8\xFF", "\x89PNG\r\n\x1A\n", "RIFF....WEBPVP8 "}) {
    const std::vector<uint8_t> bytes(text.begin(), text.end());
    fovea_image_header header;
    IS(FOVEA_BAD_DATA, fovea_image_probe(bytes.data(), bytes.size(), &header));
  }
}

}  // namespace

int main(int, char** arguments) {
  const auto json = read_file(arguments[1]);
  const auto files = files_of({json.begin(), json.end()});
  CHECK(files.size() > 20);
  check_decoding(files);
  check_damaged(files);
  check_arguments(files[0]);
  check_encoding();
  check_no_image();
  std::printf("%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}
