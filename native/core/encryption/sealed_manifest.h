// What of an encrypted image anybody may read, and where the rest is.
//
// The manifest.json of an encrypted image says which image it is, how large, how old and with which
// key it was encrypted: enough to list, sign and prune images. All else that a manifest says
// (arguments, directories, hooks, what the copy needs) is in the sealed file manifest.sealed, which
// opens together with this manifest.json only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "encryption/key.h"
#include "error/error.h"
#include "image/manifest.h"

namespace tubthump::encryption {

inline constexpr const char* kSealedManifest = "manifest.sealed";

/// The public text for `manifest`, the whole one. `files`: those of the encrypted image.
/// Errors: ImageInvalid when the whole one is no JSON object.
Result<std::string> public_manifest(std::string_view manifest,
                                    const std::vector<image::ImageFile>& files, const KeyId& key);

/// What all files of an encrypted image take, bytes. Errors: ImageInvalid when it is no manifest;
/// ImageUntrusted when it is one, but of an image that is not encrypted.
Result<uint64_t> encrypted_size(std::string_view public_manifest);

/// What manifest.sealed is bound to: the SHA-512 of manifest.json.
std::string digest_of(std::string_view public_manifest);

}  // namespace tubthump::encryption
