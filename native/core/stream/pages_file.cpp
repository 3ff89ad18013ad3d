#include "stream/pages_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "os/unique_fd.h"

namespace tubthump::stream {

Result<std::unique_ptr<PagesFile>> PagesFile::open(int directory, const std::string& name,
                                                   uint64_t size) {
  UniqueFd file(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat info;
  if (!file || ::fstat(file.get(), &info) < 0) return fail_errno(ErrorCode::ImageInvalid, name);
  if (!S_ISREG(info.st_mode) || static_cast<uint64_t>(info.st_size) != size)
    return fail(ErrorCode::ImageInvalid, name + " has " + std::to_string(info.st_size) +
                                             " bytes, its pagemap speaks of " +
                                             std::to_string(size));
  void* bytes = size ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0) : nullptr;
  if (bytes == MAP_FAILED) return fail_errno(ErrorCode::System, "map " + name);
  return std::unique_ptr<PagesFile>(
      new PagesFile(name, static_cast<const std::byte*>(bytes), size));
}

PagesFile::PagesFile(std::string name, const std::byte* bytes, uint64_t size)
    : name_(std::move(name)), bytes_(bytes), size_(size) {}

PagesFile::~PagesFile() {
  if (bytes_) ::munmap(const_cast<std::byte*>(bytes_), size_);
}

Result<std::span<const std::byte>> PagesFile::read(uint64_t offset, std::span<std::byte> buffer) {
  if (offset > size_ || buffer.size() > size_ - offset)
    return fail(ErrorCode::ImageInvalid, name_ + ": a page beyond its end");
  const std::byte* start = bytes_ + offset;
  // UFFDIO_COPY takes pages that are mapped without letting go of its locks. EINVAL: a kernel
  // before 5.14. All else is a file that was cut short or cannot be read; nothing here touches the
  // bytes otherwise, so that it is no SIGBUS.
  if (::madvise(const_cast<std::byte*>(start), buffer.size(), MADV_POPULATE_READ) < 0 &&
      errno != EINVAL)
    return fail_errno(ErrorCode::ImageInvalid, "read " + name_);
  return std::span(start, buffer.size());
}

void PagesFile::will_need(uint64_t offset, uint64_t size) {
  (void)::madvise(const_cast<std::byte*>(bytes_ + offset), size, MADV_WILLNEED);
}

}  // namespace tubthump::stream
