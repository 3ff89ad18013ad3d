#include "restore/checked_image.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <utility>

#include "image/seal.h"
#include "restore/machine_check.h"
#include "signature/check.h"

namespace tubthump::restore {

namespace {

Result<OpenImage> open_again(const UniqueFd& directory, const std::string& path) {
  UniqueFd own(::fcntl(directory.get(), F_DUPFD_CLOEXEC, 3));
  if (!own) return fail_errno(ErrorCode::System, "fcntl");
  return open_image(std::move(own), path);
}

bool is_of_others(const UniqueFd& directory) {
  struct stat info;
  return ::fstat(directory.get(), &info) < 0 || info.st_uid != ::geteuid();
}

Result<void> check_contents(const UniqueFd& directory, const std::string& path) {
  auto image = open_again(directory, path);
  if (!image) return std::unexpected(image.error());
  if (auto checked = check_files(*image); !checked) return checked;
  for (const image::ImageFile& file : image->manifest.files)
    if (file.checksum.empty())
      return fail(ErrorCode::ImageInvalid, "the manifest has no checksum of " + file.name);
  return image::check_bytes(directory.get(), image->manifest.files);
}

}  // namespace

Result<UniqueFd> open_trusted(const std::string& path, const std::string& public_key,
                              ReadAll read_all) {
  std::optional<signature::PublicKey> key;
  if (!public_key.empty()) {
    auto read = signature::read_public_key(public_key);
    if (!read) return std::unexpected(read.error());
    key = std::move(*read);
  }
  auto directory = open_directory(path);
  if (!directory) return directory;
  if (key)
    if (auto trusted = signature::check_signature(directory->get(), *key); !trusted)
      return std::unexpected(trusted.error());
  if (read_all == ReadAll::Always || (read_all == ReadAll::IfOfOthers && is_of_others(*directory)))
    if (auto checked = check_contents(*directory, path); !checked)
      return std::unexpected(checked.error());
  return directory;
}

Result<OpenImage> open_checked_image(const UniqueFd& directory, const std::string& path) {
  auto image = open_again(directory, path);
  if (!image) return image;
  if (auto checked = check_files(*image); !checked) return std::unexpected(checked.error());
  if (auto checked = check_cpu(image->manifest); !checked) return std::unexpected(checked.error());
  if (auto checked = check_capabilities(image->manifest); !checked)
    return std::unexpected(checked.error());
  return image;
}

}  // namespace tubthump::restore
