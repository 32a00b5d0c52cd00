// A file as bytes, and the zip archive in it: what PyTorch writes, entries stored as they are.
#pragma once

#include <map>
#include <string>

#include "guard.h"

namespace fovea {

struct Range {
  const uint8_t* data = nullptr;
  size_t length = 0;
};

// A whole file, mapped for reading.
class MappedFile {
 public:
  explicit MappedFile(const char* path);  // FOVEA_NOT_FOUND where it cannot be opened
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  Range bytes() const { return bytes_; }

 private:
  Range bytes_;
};

class ZipArchive {
 public:
  static bool is_one(Range file);

  // Checks every entry: inside the file, neither compressed nor encrypted. FOVEA_BAD_DATA otherwise.
  explicit ZipArchive(Range file);

  const std::map<std::string, Range>& entries() const { return entries_; }

 private:
  std::map<std::string, Range> entries_;
};

}  // namespace fovea
