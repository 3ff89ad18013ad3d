#include "image/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "image/ownership.h"
#include "os/unique_fd.h"

namespace tubthump::image {

namespace {

/// A manifest lists a few dozen files; more than this is not one of ours.
constexpr off_t kMost = 16 << 20;

}  // namespace

Result<std::string> read_small(int directory, const char* name) {
  UniqueFd file(::openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file)
    return fail_errno(errno == ENOENT ? ErrorCode::ImageMissing : ErrorCode::ImageInvalid, name);
  struct stat info;
  if (::fstat(file.get(), &info) < 0 || !S_ISREG(info.st_mode) || info.st_size > kMost)
    return fail(ErrorCode::ImageInvalid, std::string(name) + " is no file of a sensible size");
  if (auto ours = check_ownership(info, name); !ours) return std::unexpected(ours.error());
  std::string text(static_cast<size_t>(info.st_size), '\0');
  if (::pread(file.get(), text.data(), text.size(), 0) != info.st_size)
    return fail_errno(ErrorCode::ImageInvalid, std::string("read ") + name);
  return text;
}

Result<void> write_small(int directory, const char* name, std::string_view text) {
  UniqueFd file(::openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
  if (!file) return fail_errno(ErrorCode::ImagePublish, name);
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail_errno(ErrorCode::ImagePublish, name);
    text.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

std::string tail_of(int directory, const char* name, size_t limit) {
  UniqueFd file(::openat(directory, name, O_RDONLY | O_CLOEXEC));
  struct stat info;
  if (!file || ::fstat(file.get(), &info) < 0) return {};
  auto size = static_cast<size_t>(info.st_size);
  size_t from = size > limit ? size - limit : 0;
  std::string text(size - from, '\0');
  ssize_t got = ::pread(file.get(), text.data(), text.size(), static_cast<off_t>(from));
  text.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return text;
}

Result<std::vector<ImageFile>> list_files(int directory) {
  const std::string path = "/proc/self/fd/" + std::to_string(directory);
  std::vector<ImageFile> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    struct stat info;
    if (::lstat(entry.path().c_str(), &info) < 0)
      return fail_errno(ErrorCode::ImagePublish, entry.path().native());
    if (!S_ISREG(info.st_mode)) continue;
    const auto size = static_cast<uint64_t>(info.st_size);
    const uint64_t stored = std::min(size, static_cast<uint64_t>(info.st_blocks) * 512);
    files.push_back({.name = entry.path().filename(), .size = size, .stored = stored});
  }
  if (error) return fail(ErrorCode::ImagePublish, "list the image: " + error.message());
  std::ranges::sort(files, {}, &ImageFile::name);
  return files;
}

}  // namespace tubthump::image
