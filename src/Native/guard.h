// The border: no exception crosses it. Every function of fovea.h that can fail runs its body in guard().
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

#include "fovea.h"

namespace fovea {

// A failure with a status of our own; anything else thrown is FOVEA_ERROR or FOVEA_OUT_OF_MEMORY.
class Failure : public std::runtime_error {
 public:
  Failure(fovea_status status, const std::string& message) : std::runtime_error(message), status(status) {}
  const fovea_status status;
};

// In a catch block: keeps the message of the exception for this thread and gives its status. Each library has its own.
int caught() noexcept;

// Copies text, cut to capacity and ended by 0; gives the whole length.
size_t copy(const std::string& text, char* buffer, size_t capacity) noexcept;

template <typename Body>
int guard(Body&& body) noexcept {
  try {
    body();
    return FOVEA_OK;
  } catch (...) {
    return caught();
  }
}

template <typename Pointer>
Pointer given(Pointer pointer, const char* name) {
  if (pointer == nullptr) throw Failure(FOVEA_BAD_ARGUMENT, std::string(name) + " is NULL");
  return pointer;
}

}  // namespace fovea
