// The checks that a restore always makes: a few stat calls. No page of the image is read, unless a
// file has another time than when it was made (image/seal.h).
#pragma once

#include "error/error.h"
#include "image/manifest.h"
#include "os/unique_fd.h"

namespace tubthump::restore {

struct OpenImage {
  UniqueFd directory;
  image::Manifest manifest;
};

/// Errors: ImageMissing.
Result<UniqueFd> open_directory(const std::string& path);

/// Reads the manifest of the image in `directory`; `path` is for messages.
/// Errors: ImageMissing when there is none, ImageInvalid, ImageMismatch, ImageUntrusted when others
/// than root and we can have written it.
Result<OpenImage> open_image(UniqueFd directory, const std::string& path);

/// Both of them.
Result<OpenImage> open_image(const std::string& path);

/// Whether all files are there in full, with the bytes that they had, and the program that was
/// dumped is still the same. Errors: ImageInvalid, ImageMismatch, ImageUntrusted.
Result<void> check_files(const OpenImage& image);

/// Waits until the ids that the copy needs are free, at most 20 ms: ids go round, and a process
/// that lives for a moment may have one. CRIU would find out late and say EEXIST. Errors: PidTaken
/// naming the process that has one.
Result<void> wait_for_pids(const image::Manifest& manifest);

}  // namespace tubthump::restore
