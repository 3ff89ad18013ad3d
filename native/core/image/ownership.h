// Who may have written an image. It is executable memory: whoever can change a file of it decides
// what the copy runs, with the rights of whoever restores.
#pragma once

#include <sys/stat.h>

#include <string>

#include "error/error.h"

namespace tubthump::image {

/// Whether nobody but root and the calling user can have written what `info` describes.
/// Errors: ImageUntrusted naming `what`.
Result<void> check_ownership(const struct stat& info, const std::string& what);

}  // namespace tubthump::image
