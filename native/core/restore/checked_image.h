// An image that may be restored here.
#pragma once

#include <string>

#include "error/error.h"
#include "restore/image_check.h"

namespace tubthump::restore {

/// The image in `path`, when its files are as they were, this machine can run it and, unless
/// `public_key` (PEM file) is empty, it is as it was signed.
/// Errors: those of image_check.h, machine_check.h and signature/check.h.
Result<OpenImage> open_checked_image(const std::string& path, const std::string& public_key);

}  // namespace tubthump::restore
