// An image that may be restored here.
#pragma once

#include <string>

#include "error/error.h"
#include "restore/image_check.h"

namespace tubthump::restore {

/// Whether every byte of an image is compared with its checksum, and not only of files that have
/// another time than they were made at. Others are all but the calling user: an image of root's.
enum class ReadAll { IfOfOthers, Always, Never };

/// The directory of the image in `path`. Unless `public_key` (PEM file) is empty, it is as it was
/// signed; if it was to be read, it has its checksums. That comes before all else, also before CRIU
/// is started. Whatever is read later is read through this descriptor, for `path` may lead to
/// another image by then.
/// Errors: Usage for the key, ImageMissing, ImageUntrusted; of reading also those of image_check.h,
/// and ImageInvalid for a file that has no checksum.
Result<UniqueFd> open_trusted(const std::string& path, const std::string& public_key,
                              ReadAll read_all = ReadAll::IfOfOthers);

/// The image in `directory`, when its files are as they were and this machine can run it.
/// `path` is for messages. Errors: those of image_check.h and machine_check.h.
Result<OpenImage> open_checked_image(const UniqueFd& directory, const std::string& path);

}  // namespace tubthump::restore
