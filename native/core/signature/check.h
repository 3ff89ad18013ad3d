// Whether an image is what the holder of a key signed: every file, nothing more, byte for byte.
#pragma once

#include "error/error.h"
#include "signature/public_key.h"

namespace tubthump::signature {

/// Checks the image in the open `directory` against its file `signature` and `key`, before anything
/// else of it is read. Reads every byte, on all processors. What it found holds as long as nobody
/// writes to the image (see image/ownership.h), and for this descriptor: its path may be given to
/// another image meanwhile.
/// Errors: ImageUntrusted naming the file.
Result<void> check_signature(int directory, const PublicKey& key);

}  // namespace tubthump::signature
