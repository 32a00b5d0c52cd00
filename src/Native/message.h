// The last message of a thread; included by the one error.cpp of each library.
#pragma once

#include <algorithm>
#include <cstring>
#include <new>

#include "guard.h"

namespace fovea {

inline std::string& last_message() noexcept {
  static thread_local std::string message;
  return message;
}

inline int keep(int status, const char* message) noexcept {
  try {
    last_message() = message;
  } catch (...) {
    last_message().clear();
  }
  return status;
}

size_t copy(const std::string& text, char* buffer, size_t capacity) noexcept {
  if (buffer != nullptr && capacity > 0) {
    const size_t length = std::min(text.size(), capacity - 1);
    std::memcpy(buffer, text.data(), length);
    buffer[length] = 0;
  }
  return text.size();
}

}  // namespace fovea
