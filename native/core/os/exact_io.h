// Whole pieces of files at given places: no short reads, no short writes.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <span>

namespace tubthump {

/// False with errno, 0 when the file ends before.
inline bool read_exactly(int fd, std::span<unsigned char> target, uint64_t offset) {
  while (!target.empty()) {
    const ssize_t got = ::pread(fd, target.data(), target.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = 0;
    if (got <= 0) return false;
    target = target.subspan(static_cast<size_t>(got));
    offset += static_cast<uint64_t>(got);
  }
  return true;
}

/// False with errno.
inline bool write_exactly(int fd, std::span<const unsigned char> source, uint64_t offset) {
  while (!source.empty()) {
    const ssize_t put = ::pwrite(fd, source.data(), source.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    source = source.subspan(static_cast<size_t>(put));
    offset += static_cast<uint64_t>(put);
  }
  return true;
}

}  // namespace tubthump
