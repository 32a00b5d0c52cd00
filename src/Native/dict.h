#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

#include "fovea.h"

struct fovea_dict {
  std::vector<std::pair<std::string, at::Tensor>> entries;
};
