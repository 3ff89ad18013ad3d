#include "image/ownership.h"

#include <unistd.h>

namespace tubthump::image {

Result<void> check_ownership(const struct stat& info, const std::string& what) {
  if (info.st_uid != 0 && info.st_uid != ::geteuid())
    return fail(
        ErrorCode::ImageUntrusted,
        what + " belongs to user " + std::to_string(info.st_uid) + ", who could have changed it");
  if (info.st_mode & (S_IWGRP | S_IWOTH))
    return fail(ErrorCode::ImageUntrusted, what + " can be written by others than its owner");
  return {};
}

}  // namespace tubthump::image
