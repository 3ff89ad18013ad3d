// The file `signature` of an image: what somebody who had a key says about every other file.
//
//   tubthump signature 1
//   <Ed25519 signature of everything below this line, 128 hexadecimal digits>
//   image <id>
//   <BLAKE2b-512 of the file, 128 digits> <size in bytes> <name>
//   …
//
// Lines, not JSON: it is read before anything of the image is trusted. src/signing writes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"
#include "signature/public_key.h"

namespace tubthump::signature {

inline constexpr const char* kSignatureFile = "signature";

using Digest = std::array<unsigned char, 64>;

struct SignedFile {
  Digest digest;
  uint64_t size = 0;  ///< bytes
  std::string name;   ///< In the image directory: never a path.
};

struct Statement {
  std::string image_id;
  std::vector<SignedFile> files;
};

/// What `text` says, if it was signed with the private part of `key`. Nothing behind the signature
/// is looked at before it has been found good. Errors: ImageUntrusted.
Result<Statement> verify_statement(std::string_view text, const PublicKey& key);

/// The lines behind a signature that is good. Errors: ImageUntrusted.
Result<Statement> parse_statement(std::string_view body);

}  // namespace tubthump::signature
