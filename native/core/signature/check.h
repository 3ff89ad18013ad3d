// Whether an image is what the holder of a key signed: every file, nothing more, byte for byte.
#pragma once

#include <string>

#include "error/error.h"

namespace tubthump::signature {

/// Checks the image in `directory` against its file `signature` and the public key in `key_path`,
/// before anything else of it is read. Reads every byte, on all processors. What it found holds as
/// long as nobody writes to the image: see image/ownership.h.
/// Errors: Usage for the key, ImageMissing, ImageUntrusted naming the file.
Result<void> check_signature(const std::string& directory, const std::string& key_path);

}  // namespace tubthump::signature
