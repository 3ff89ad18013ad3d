// A whole image encrypted, and decrypted again.
//
//   auto key = read_key({.file = "/etc/tubthump/key"});
//   seal_image(plain_directory, *key, staging->directory());
//   auto plain = open_sealed(directory, "/var/images/shop", *key);  // plain->directory() is an
//   image
#pragma once

#include <string>

#include "encryption/key.h"
#include "encryption/plain_side.h"
#include "error/error.h"

namespace tubthump::encryption {

/// Encrypts the image in the directory `plain`, as its manifest.json lists it, into the empty
/// directory `out`; its working set is copied as it is, for it holds nothing of the memory. On all
/// processors. Errors: ImageInvalid, ImageMismatch (the processor), ImagePublish.
Result<void> seal_image(int plain, const Key& key, int out);

/// Decrypts the image in `directory` into the directory `out`; only what was encrypted together
/// gets there. Files get the times that they had: their bytes are those of then (image/seal.h).
/// `path` is for messages. Errors: ImageMissing; ImageUntrusted when others can have written it, or
/// when it is not encrypted; Key when it was encrypted with another one; ImageInvalid when any
/// byte, file or name is not as it was; ImageMismatch (the processor, another version);
/// ImagePublish.
Result<void> open_image_into(int directory, const std::string& path, const Key& key, int out);

/// The same into memory. Errors: NoMemory instead of ImagePublish; Namespace.
Result<PlainSide> open_sealed(int directory, const std::string& path, const Key& key);

}  // namespace tubthump::encryption
