#include "image/seal.h"

#include <fcntl.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "image/checksum.h"

namespace tubthump::image {

namespace {

constexpr int64_t kSecond = 1'000'000'000;

int64_t time_of(const struct stat& info) {
  return info.st_mtim.tv_sec * kSecond + info.st_mtim.tv_nsec;
}

/// Archives may keep whole seconds only: tar, and the layers of container images.
bool is_time_of(const struct stat& info, const ImageFile& file) {
  const int64_t now = time_of(info);
  return now == file.modified_ns || now == file.modified_ns / kSecond * kSecond;
}

std::vector<std::string> names_of(const std::vector<ImageFile>& files) {
  std::vector<std::string> names;
  for (const ImageFile& file : files) names.push_back(file.name);
  return names;
}

std::unexpected<Error> changed_files(std::vector<std::string> names) {
  std::ranges::sort(names);
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return fail(ErrorCode::ImageInvalid,
              names.size() == 1
                  ? "image file " + list + " is not as it was made: its checksum is another"
                  : "image files are not as they were made, their checksums are others: " + list);
}

}  // namespace

Result<void> seal(int directory, std::vector<ImageFile>& files) {
  for (ImageFile& file : files) {
    struct stat info;
    if (::fstatat(directory, file.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0)
      return fail_errno(ErrorCode::ImageInvalid, file.name);
    file.modified_ns = time_of(info);
  }
  auto checksums = checksums_of(directory, names_of(files));
  if (!checksums) return std::unexpected(checksums.error());
  for (size_t i = 0; i < files.size(); i++) files[i].checksum = std::move((*checksums)[i]);
  return {};
}

Result<void> check_seal(int directory, const ImageFile& file, const struct stat& info) {
  if (file.checksum.empty() || is_time_of(info, file)) return {};
  if (auto same = check_bytes(directory, {file}); !same) return same;
  give_time(directory, file);
  return {};
}

void give_time(int directory, const ImageFile& file) {
  if (file.checksum.empty()) return;
  const timespec times[] = {{0, UTIME_OMIT},
                            {file.modified_ns / kSecond, file.modified_ns % kSecond}};
  // A read-only image is read each time.
  (void)::utimensat(directory, file.name.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

Result<void> check_bytes(int directory, const std::vector<ImageFile>& files) {
  std::vector<ImageFile> sealed;
  std::ranges::copy_if(files, std::back_inserter(sealed),
                       [](const ImageFile& file) { return !file.checksum.empty(); });
  auto found = checksums_of(directory, names_of(sealed));
  if (!found) return std::unexpected(found.error());
  std::vector<std::string> changed;
  for (size_t i = 0; i < sealed.size(); i++)
    if ((*found)[i] != sealed[i].checksum) changed.push_back(sealed[i].name);
  if (changed.empty()) return {};
  return changed_files(std::move(changed));
}

}  // namespace tubthump::image
