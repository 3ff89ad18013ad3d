#include "image/staging.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "image/files.h"

namespace tubthump::image {

namespace fs = std::filesystem;

namespace {

std::unexpected<Error> refuse(const std::string& what) {
  return fail(ErrorCode::ImagePublish, what);
}

/// Whether an image may appear under this name; true when it would replace one.
Result<bool> check_target(const std::string& target) {
  struct stat info;
  if (::lstat(target.c_str(), &info) < 0) {
    if (errno == ENOENT) return false;
    return fail_errno(ErrorCode::ImagePublish, target);
  }
  if (!S_ISDIR(info.st_mode)) return refuse(target + " exists and is no directory");
  std::error_code error;
  if (fs::is_empty(target, error)) return true;
  if (fs::exists(fs::path(target) / kManifestName, error)) return true;
  return refuse(target + " exists, is not empty and holds no image");
}

Result<UniqueFd> open_file(int directory, const std::string& name) {
  UniqueFd file(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file) return fail_errno(ErrorCode::ImagePublish, name);
  return file;
}

/// Two passes: what changes in any file is complete before the first fsync(2), whose commit of the
/// file system's journal then holds all of it.
Result<void> make_durable(int directory, const std::vector<ImageFile>& files) {
  for (const ImageFile& file : files) {
    auto opened = open_file(directory, file.name);
    if (!opened) return std::unexpected(opened.error());
    if (::fchmod(opened->get(), 0400) < 0) return fail_errno(ErrorCode::ImagePublish, file.name);
  }
  for (const ImageFile& file : files) {
    auto opened = open_file(directory, file.name);
    if (!opened) return std::unexpected(opened.error());
    if (::fsync(opened->get()) < 0) return fail_errno(ErrorCode::ImagePublish, file.name);
  }
  return {};
}

}  // namespace

Result<Staging> Staging::create(const std::string& target) {
  fs::path path = fs::path(target).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  if (!path.is_absolute() || !path.has_filename())
    return refuse("the image directory needs an absolute path, not `" + target + "`");

  auto replaces = check_target(path);
  if (!replaces) return std::unexpected(replaces.error());

  Staging staging;
  staging.target_ = path;
  staging.replaces_ = *replaces;
  staging.parent_.reset(::open(path.parent_path().c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  if (!staging.parent_) return fail_errno(ErrorCode::ImagePublish, path.parent_path().string());

  std::string name = path.parent_path() / ("." + path.filename().string() + ".staging-XXXXXX");
  if (!::mkdtemp(name.data())) return fail_errno(ErrorCode::ImagePublish, "create " + name);
  staging.path_ = name;
  staging.directory_.reset(::open(name.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  if (!staging.directory_) return fail_errno(ErrorCode::ImagePublish, "open " + name);
  return staging;
}

Staging::Staging(Staging&& other) noexcept
    : target_(std::move(other.target_)),
      path_(std::move(other.path_)),
      parent_(std::move(other.parent_)),
      directory_(std::move(other.directory_)),
      replaces_(other.replaces_),
      state_(std::exchange(other.state_, State::Done)),
      writing_(std::move(other.writing_)) {}

Staging::~Staging() {
  wait_for_writing();
  if (state_ == State::Done || path_.empty()) return;
  if (state_ == State::Published) {
    unsigned flags = replaces_ ? RENAME_EXCHANGE : 0;
    ::renameat2(AT_FDCWD, target_.c_str(), AT_FDCWD, path_.c_str(), flags);
  }
  std::error_code ignored;  // A destructor has nobody to tell.
  fs::remove_all(path_, ignored);
}

Result<std::vector<ImageFile>> Staging::list() const { return list_files(directory_.get()); }

Result<void> Staging::write(const char* name, std::string_view text) {
  return write_small(directory_.get(), name, text);
}

void Staging::start_writing() {
  const auto write = [directory = directory_.get()] {
    const auto files = list_files(directory);
    if (!files) return;
    for (const ImageFile& file : *files)
      if (auto opened = open_file(directory, file.name))
        (void)::sync_file_range(opened->get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  };
  try {
    // The call waits for room in the disk's queue: nearly as long as the disk needs.
    writing_ = std::jthread(write);
  } catch (const std::system_error&) {
    // The limit of threads: publish() writes it all.
  }
}

void Staging::wait_for_writing() {
  if (writing_.joinable()) writing_.join();
}

Result<void> Staging::publish() {
  wait_for_writing();
  auto files = list();
  if (!files) return std::unexpected(files.error());
  if (auto durable = make_durable(directory_.get(), *files); !durable) return durable;
  if (::fsync(directory_.get()) < 0) return fail_errno(ErrorCode::ImagePublish, path_);
  unsigned flags = replaces_ ? RENAME_EXCHANGE : RENAME_NOREPLACE;
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), flags) < 0)
    return fail_errno(ErrorCode::ImagePublish, "rename to " + target_);
  state_ = State::Published;
  if (::fsync(parent_.get()) < 0) return fail_errno(ErrorCode::ImagePublish, target_);
  return {};
}

void Staging::finish() {
  if (state_ != State::Published) return;
  state_ = State::Done;
  // CRIU wrote its log and statistics on after we had published.
  for (const char* late : {"dump.log", "stats-dump"})
    (void)::fchmodat(directory_.get(), late, 0400, 0);
  std::error_code ignored;  // The new image is in place; leftovers of the old one do no harm.
  if (replaces_) fs::remove_all(path_, ignored);
}

}  // namespace tubthump::image
