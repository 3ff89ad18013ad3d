#include "pack/output.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "os/exact_io.h"

namespace tubthump::pack {

namespace fs = std::filesystem;

Result<Output> Output::create(const std::string& target) {
  struct stat info;
  if (::lstat(target.c_str(), &info) == 0) return fail(ErrorCode::ImagePublish, target + " exists");
  Output output;
  output.target_ = target;
  const fs::path path(target);
  output.path_ = path.parent_path() / ("." + path.filename().string() + ".staging-XXXXXX");
  output.file_.reset(::mkostemp(output.path_.data(), O_CLOEXEC));
  if (!output.file_) {
    auto error = fail_errno(ErrorCode::ImagePublish, "create " + target);
    output.path_.clear();
    return error;
  }
  return output;
}

Output::Output(Output&& other) noexcept
    : target_(std::move(other.target_)),
      path_(std::exchange(other.path_, {})),
      file_(std::move(other.file_)) {}

Output::~Output() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

Result<void> Output::write(Bytes bytes, uint64_t offset) {
  if (write_exactly(file_.get(), bytes, offset)) return {};
  return fail_errno(ErrorCode::ImagePublish, "write " + target_);
}

Result<void> Output::publish() {
  if (::fchmod(file_.get(), 0400) < 0 || ::fsync(file_.get()) < 0)
    return fail_errno(ErrorCode::ImagePublish, target_);
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) < 0)
    return fail_errno(ErrorCode::ImagePublish, "rename to " + target_);
  path_.clear();
  const std::string parent = fs::path(target_).parent_path();
  UniqueFd directory(::open(parent.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  if (!directory || ::fsync(directory.get()) < 0)
    return fail_errno(ErrorCode::ImagePublish, parent);
  return {};
}

}  // namespace tubthump::pack
