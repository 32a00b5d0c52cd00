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

  // Reads the directory. Every entry lies inside the file, or FOVEA_BAD_DATA.
  explicit ZipArchive(Range file);

  // The one name that ends with suffix and has a single folder before it, or "".
  std::string find(const std::string& suffix) const;

  bool has(const std::string& name) const { return entries_.count(name) != 0; }

  // FOVEA_BAD_DATA where it is missing, or compressed or encrypted, which nothing of PyTorch's but its code is.
  Range get(const std::string& name) const;

 private:
  struct Entry {
    Range range;
    bool is_plain;
  };

  std::map<std::string, Entry> entries_;
};

}  // namespace fovea
