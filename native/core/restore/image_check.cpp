#include "restore/image_check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

#include "image/files.h"
#include "image/ownership.h"
#include "image/seal.h"
#include "os/deadline.h"

namespace tubthump::restore {

namespace {

constexpr std::chrono::milliseconds kPassing{20};

bool is_taken(pid_t pid) { return ::access(("/proc/" + std::to_string(pid)).c_str(), F_OK) == 0; }

std::string name_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
  std::string name;
  std::getline(file, name);
  return name.empty() ? "unknown" : name;
}

}  // namespace

Result<UniqueFd> open_directory(const std::string& path) {
  UniqueFd directory(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  if (!directory) return fail_errno(ErrorCode::ImageMissing, "no image at " + path);
  return directory;
}

Result<OpenImage> open_image(const std::string& path) {
  auto directory = open_directory(path);
  if (!directory) return std::unexpected(directory.error());
  return open_image(std::move(*directory), path);
}

Result<OpenImage> open_image(UniqueFd directory, const std::string& path) {
  OpenImage image{std::move(directory), {}};
  struct stat info;
  if (::fstat(image.directory.get(), &info) < 0) return fail_errno(ErrorCode::ImageInvalid, path);
  if (auto ours = image::check_ownership(info, path); !ours) return std::unexpected(ours.error());
  auto text = image::read_small(image.directory.get(), image::kManifestName);
  if (!text) {
    Error error = text.error();
    error.message = path + ": " + error.message;
    return std::unexpected(error);
  }
  auto manifest = image::parse_manifest(*text);
  if (!manifest) return std::unexpected(manifest.error());
  image.manifest = std::move(*manifest);
  return image;
}

Result<void> check_files(const OpenImage& image) {
  struct stat info;
  for (const image::ImageFile& file : image.manifest.files) {
    if (::fstatat(image.directory.get(), file.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0)
      return fail_errno(ErrorCode::ImageInvalid, "image file " + file.name);
    if (!S_ISREG(info.st_mode))
      return fail(ErrorCode::ImageInvalid, "image file " + file.name + " is no regular file");
    if (static_cast<uint64_t>(info.st_size) != file.size)
      return fail(ErrorCode::ImageInvalid, "image file " + file.name + " has " +
                                               std::to_string(info.st_size) + " bytes, not " +
                                               std::to_string(file.size));
    if (auto ours = image::check_ownership(info, "image file " + file.name); !ours) return ours;
    if (auto same = image::check_seal(image.directory.get(), file, info); !same) return same;
  }
  for (const image::RequiredFile& file : image.manifest.requires_files) {
    if (::stat(file.path.c_str(), &info) < 0)
      return fail_errno(ErrorCode::ImageMismatch, "the image needs " + file.path);
    if (static_cast<uint64_t>(info.st_size) != file.size)
      return fail(ErrorCode::ImageMismatch,
                  file.path + " is another file than at the dump: " + std::to_string(info.st_size) +
                      " bytes, not " + std::to_string(file.size));
  }
  return {};
}

Result<void> wait_for_pids(const image::Manifest& manifest) {
  const Deadline deadline = Deadline::after(kPassing);
  for (;;) {
    auto taken = std::ranges::find_if(manifest.tasks, is_taken);
    if (taken == manifest.tasks.end()) return {};
    if (deadline.over())
      return fail(ErrorCode::PidTaken, "the copy needs pid " + std::to_string(*taken) +
                                           ", which `" + name_of(*taken) + "` has");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace tubthump::restore
