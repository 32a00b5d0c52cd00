// libjpeg and libpng report errors by a function that must not return: it jumps back to protect(), which throws.
//
// The jump passes over the codec's C frames and the body, so the body holds nothing that has a destructor; whatever it
// needs lives in the object that calls protect().
#pragma once

#include <csetjmp>
#include <cstdio>

#include "guard.h"

namespace fovea::image {

class Protected {
 protected:
  template <typename Body>
  void protect(fovea_status status, const char* what, Body&& body) {
    if (setjmp(jump_) != 0) throw Failure(status, std::string(what) + ": " + message_);
    body();
  }

  // The codec's message is in message_ by now.
  [[noreturn]] void jump() { std::longjmp(jump_, 1); }

  char message_[256] = {};

 private:
  std::jmp_buf jump_;
};

}  // namespace fovea::image
