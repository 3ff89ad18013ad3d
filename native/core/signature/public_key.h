// Ed25519 public keys as openssl and Node write them: PEM (SubjectPublicKeyInfo, RFC 8410).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "error/error.h"

namespace tubthump::signature {

using PublicKey = std::array<unsigned char, 32>;

/// Errors: Usage when the text is no such key.
Result<PublicKey> parse_public_key(std::string_view pem);

/// Errors: Usage when there is no file at `path` that holds one.
Result<PublicKey> read_public_key(const std::string& path);

}  // namespace tubthump::signature
