#include "archive.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace fovea {
namespace {

[[noreturn]] void broken(const std::string& why) { throw Failure(FOVEA_BAD_DATA, "broken zip archive: " + why); }

// Little-endian numbers, every read inside the bounds.
class Cursor {
 public:
  explicit Cursor(Range range, uint64_t at = 0) : range_(range), at_(at) {
    if (at > range.length) broken("an offset beyond its end");
  }

  uint64_t number(int bytes) {
    const uint8_t* from = take(static_cast<uint64_t>(bytes));
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
  }

  const uint8_t* take(uint64_t bytes) {
    if (range_.length - at_ < bytes) broken("it ends early");
    const uint8_t* from = range_.data + at_;
    at_ += bytes;
    return from;
  }

  uint64_t left() const { return range_.length - at_; }
  uint64_t at() const { return at_; }

 private:
  Range range_;
  uint64_t at_;
};

constexpr uint64_t kLocal = 0x04034b50, kCentral = 0x02014b50, kEnd = 0x06054b50, kEnd64 = 0x06064b50, kLocator64 = 0x07064b50;
constexpr uint64_t kUnset16 = 0xFFFF, kUnset32 = 0xFFFFFFFF;
constexpr size_t kEndLength = 22, kLongestComment = 0xFFFF;

struct Directory {
  uint64_t entries, offset;
};

Directory find_directory(Range file) {
  if (file.length < kEndLength) broken("it is too short for one");
  const size_t last = file.length - kEndLength, first = last > kLongestComment ? last - kLongestComment : 0;
  for (size_t at = last + 1; at-- > first;) {
    if (file.data[at] != 'P' || Cursor(file, at).number(4) != kEnd) continue;
    Cursor end(file, at + 10);
    Directory directory{end.number(2), 0};
    end.take(4);
    directory.offset = end.number(4);
    if (directory.entries != kUnset16 && directory.offset != kUnset32) return directory;
    if (at < 20) broken("its directory is nowhere");
    Cursor locator(file, at - 20);
    if (locator.number(4) != kLocator64) return directory;
    locator.take(4);
    Cursor end64(file, locator.number(8));
    if (end64.number(4) != kEnd64) broken("its 64-bit directory is not where it should be");
    end64.take(28);
    directory.entries = end64.number(8);
    end64.take(8);
    directory.offset = end64.number(8);
    return directory;
  }
  broken("it has no directory, as a file cut short");
}

// The contents of an entry whose local header is at offset.
Range contents(Range file, uint64_t offset, uint64_t length) {
  Cursor local(file, offset);
  if (local.number(4) != kLocal) broken("an entry is not where its directory says");
  local.take(22);
  const uint64_t name = local.number(2), extra = local.number(2);
  local.take(name);
  local.take(extra);
  if (local.left() < length) broken("an entry reaches beyond its end");
  return {file.data + local.at(), length};
}

}  // namespace

MappedFile::MappedFile(const char* path) {
  const int descriptor = open(given(path, "path"), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw Failure(errno == ENOENT ? FOVEA_NOT_FOUND : FOVEA_ERROR, std::string(path) + ": " + std::strerror(errno));
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(descriptor);
    throw Failure(FOVEA_BAD_DATA, std::string(path) + " is no file");
  }
  bytes_.length = static_cast<size_t>(status.st_size);
  void* mapped = bytes_.length == 0 ? nullptr : mmap(nullptr, bytes_.length, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const int error = errno;
  close(descriptor);
  if (bytes_.length == 0) throw Failure(FOVEA_BAD_DATA, std::string(path) + " is empty");
  if (mapped == MAP_FAILED) throw Failure(FOVEA_ERROR, std::string(path) + ": " + std::strerror(error));
  bytes_.data = static_cast<const uint8_t*>(mapped);
}

MappedFile::~MappedFile() { munmap(const_cast<uint8_t*>(bytes_.data), bytes_.length); }

bool ZipArchive::is_one(Range file) { return file.length >= 4 && std::memcmp(file.data, "PK\3\4", 4) == 0; }

ZipArchive::ZipArchive(Range file) {
  const Directory directory = find_directory(file);
  Cursor at(file, directory.offset);
  for (uint64_t i = 0; i < directory.entries; i++) {
    if (at.number(4) != kCentral) broken("its directory is damaged");
    at.take(4);
    const uint64_t flags = at.number(2), method = at.number(2);
    at.take(8);  // time, date, CRC
    uint64_t stored = at.number(4), length = at.number(4);
    const uint64_t name_length = at.number(2), extra_length = at.number(2), comment_length = at.number(2);
    at.take(8);
    uint64_t offset = at.number(4);
    const std::string name(reinterpret_cast<const char*>(at.take(name_length)), name_length);
    Cursor extra({at.take(extra_length), static_cast<size_t>(extra_length)});
    at.take(comment_length);
    while (extra.left() >= 4) {
      const uint64_t id = extra.number(2), size = extra.number(2);
      Cursor field({extra.take(size), static_cast<size_t>(size)});
      if (id != 1) continue;  // 64-bit numbers, those that did not fit, in this order
      if (length == kUnset32) length = field.number(8);
      if (stored == kUnset32) stored = field.number(8);
      if (offset == kUnset32) offset = field.number(8);
    }
    const bool is_plain = (flags & 1) == 0 && method == 0 && stored == length;
    if (!entries_.emplace(name, Entry{contents(file, offset, stored), is_plain}).second) broken(name + " is there twice");
  }
}

std::string ZipArchive::find(const std::string& suffix) const {
  for (const auto& entry : entries_) {
    const size_t slash = entry.first.find('/');
    if (slash != std::string::npos && entry.first.compare(slash + 1, std::string::npos, suffix) == 0) return entry.first;
  }
  return "";
}

Range ZipArchive::get(const std::string& name) const {
  const auto entry = entries_.find(name);
  if (entry == entries_.end()) broken(name + " is missing");
  if (!entry->second.is_plain) broken(name + " is compressed or encrypted");
  return entry->second.range;
}

}  // namespace fovea
