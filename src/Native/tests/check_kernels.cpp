// Kernels of our own: that they stay inside their tensors.
#include "call.h"

namespace {

void check_winograd() {
  const int64_t one_each[2] = {1, 1}, sizes[4] = {2, 16, 14, 18}, kernel[4] = {32, 16, 3, 3}, others[4] = {1, 16, 3, 5}, wrong[4] = {1, 15, 1, 16};
  fovea_tensor* weight = one("aten::ones", "", {list(FOVEA_INT_LIST, kernel, 4)});
  fovea_convolution* convolution = nullptr;
  OK(fovea_convolution_pack(weight, nullptr, one_each, one_each, one_each, 1, sizes, 0, &convolution));
  for (const int64_t* shape : {sizes, others}) {
    fovea_tensor *images = one("aten::ones", "", {list(FOVEA_INT_LIST, shape, 4)}), *result = nullptr;
    OK(fovea_convolution_run(convolution, images, &result));
    for (fovea_tensor* each : {images, result}) fovea_tensor_free(each);
  }
  fovea_tensor *images = one("aten::ones", "", {list(FOVEA_INT_LIST, wrong, 4)}), *result = nullptr;
  IS(FOVEA_BAD_ARGUMENT, fovea_convolution_run(convolution, images, &result));
  fovea_convolution_free(convolution);
  for (fovea_tensor* each : {weight, images}) fovea_tensor_free(each);
}

void check_prediction() {
  const int64_t one_each[2] = {1, 1}, sizes[4] = {1, 2, 5, 5}, kernel[4] = {3, 2, 3, 3};
  fovea_tensor* flat = from(std::vector<float>(54, 0.5f));
  fovea_tensor* pixels = from(std::vector<float>(50, 0.5f));
  fovea_tensor* weight = one("aten::reshape", "", {tensor(flat), list(FOVEA_INT_LIST, kernel, 4)});
  fovea_tensor* images = one("aten::reshape", "", {tensor(pixels), list(FOVEA_INT_LIST, sizes, 4)});
  fovea_tensor* bias = from({1, 2, 3});
  fovea_convolution* convolution = nullptr;
  fovea_tensor *first = nullptr, *second = nullptr;
  OK(fovea_convolution_pack(weight, bias, one_each, one_each, one_each, 1, sizes, 1, &convolution));
  OK(fovea_convolution_run(convolution, images, &first));
  OK(fovea_convolution_run(convolution, images, &second));
  OK(fovea_add_relu(first, second));
  IS(FOVEA_BAD_ARGUMENT, fovea_add_relu(first, bias));
  IS(FOVEA_BAD_ARGUMENT, fovea_add_relu(nullptr, bias));
  IS(FOVEA_BAD_ARGUMENT, fovea_convolution_run(convolution, bias, &first));
  IS(FOVEA_BAD_ARGUMENT, fovea_convolution_run(nullptr, images, &first));
  fovea_convolution_free(convolution);
  fovea_convolution_free(nullptr);
  IS(FOVEA_BAD_ARGUMENT, fovea_convolution_pack(bias, nullptr, one_each, one_each, one_each, 1, sizes, 1, &convolution));
  IS(FOVEA_BAD_ARGUMENT, fovea_convolution_pack(weight, nullptr, nullptr, one_each, one_each, 1, sizes, 1, &convolution));
  for (fovea_tensor* each : {flat, pixels, weight, images, bias, first, second}) fovea_tensor_free(each);
  check_winograd();
}

// bfloat16 and channels-last, with numbers between -1 and 1.
fovea_tensor* images(std::vector<int64_t> sizes) {
  int64_t count = 1;
  for (int64_t size : sizes) count *= size;
  std::vector<float> numbers(static_cast<size_t>(count));
  for (size_t i = 0; i < numbers.size(); i++) numbers[i] = static_cast<float>(i * 37 % 101) / 50 - 1;
  fovea_tensor* flat = from(std::move(numbers));
  fovea_tensor* shaped = one("aten::reshape", "", {tensor(flat), list(FOVEA_INT_LIST, sizes.data(), 4)});
  fovea_tensor* cast = one("aten::to", "dtype", {tensor(shaped), integer(15)});
  fovea_tensor* laid = one("aten::contiguous", "", {tensor(cast), integer(2)});
  for (fovea_tensor* each : {flat, shaped, cast}) fovea_tensor_free(each);
  return laid;
}

struct Shape {
  int64_t images, channels, height, width, filters, window, stride, padding, dilation;
};

void check_convolution(const Shape& s) {
  const int64_t stride[2] = {s.stride, s.stride}, padding[2] = {s.padding, s.padding}, dilation[2] = {s.dilation, s.dilation}, none[2] = {0, 0};
  const uint8_t wanted[3] = {1, 1, 1};
  const auto seen = [&](int64_t size) { return (size + 2 * s.padding - s.dilation * (s.window - 1) - 1) / s.stride + 1; };
  fovea_tensor *input = images({s.images, s.channels, s.height, s.width}), *weight = images({s.filters, s.channels, s.window, s.window});
  fovea_tensor* gradient = images({s.images, s.filters, seen(s.height), seen(s.width)});
  const std::vector<fovea_value> geometry{list(FOVEA_INT_LIST, stride, 2), list(FOVEA_INT_LIST, padding, 2), list(FOVEA_INT_LIST, dilation, 2),
                                          integer(0, FOVEA_BOOL), list(FOVEA_INT_LIST, none, 2), integer(1)};
  std::vector<fovea_value> forward{tensor(input), tensor(weight), fovea_value{FOVEA_NONE, 0, {}}};
  forward.insert(forward.end(), geometry.begin(), geometry.end());
  fovea_tensor_free(one("aten::convolution", "", forward));
  std::vector<fovea_value> backward{tensor(gradient), tensor(input), tensor(weight), list(FOVEA_INT_LIST, &s.filters, 1)}, results(3);
  backward.insert(backward.end(), geometry.begin(), geometry.end());
  backward.push_back(list(FOVEA_BOOL_LIST, wanted, 3));
  OK(call("aten::convolution_backward", "", backward, results));
  for (const fovea_value& result : results) fovea_tensor_free(static_cast<fovea_tensor*>(const_cast<void*>(result.as.pointer)));
  for (fovea_tensor* each : {input, weight, gradient}) fovea_tensor_free(each);
}

}  // namespace

void check_kernels() {
  check_prediction();
  constexpr Shape shapes[] = {
      {2, 64, 12, 13, 48, 3, 1, 1, 1},   // Winograd's, an odd width
      {1, 32, 19, 17, 80, 3, 1, 2, 1},   // odd heights and widths
      {1, 64, 16, 16, 128, 3, 1, 1, 1},  // few tiles
      {2, 64, 40, 40, 64, 3, 1, 0, 1},   // many
      {1, 48, 21, 25, 80, 3, 2, 1, 1},   // a stride
      {2, 32, 46, 46, 32, 4, 2, 1, 1},   // many pixels
      {2, 32, 30, 31, 48, 3, 3, 2, 2},   // a dilation
      {2, 64, 4, 4, 70, 5, 1, 2, 1},     // windows larger than the map
      {2, 64, 8, 7, 128, 1, 2, 0, 1},    // of a pixel
  };
  for (const Shape& shape : shapes) check_convolution(shape);
}
