// An image as it can be restored: decrypted, if it was encrypted.
#pragma once

#include <optional>
#include <string>

#include "encryption/key_source.h"
#include "encryption/plain_side.h"
#include "error/error.h"

namespace tubthump::launcher {

struct PlainImage {
  std::string path;
  /// PEM file of the signature that is still to be checked; empty: none is, or no more.
  std::string public_key;
  /// Where `path` is; until every copy that is to come of it has been restored.
  std::optional<encryption::PlainSide> memory{};
};

/// The image at `path` itself without a key. With one: its signature is checked, if there is to be
/// one, then it is decrypted.
/// Errors: those of restore/checked_image.h, encryption/key_source.h and encryption/sealed_image.h.
Result<PlainImage> open_plain(const std::string& path, const std::string& public_key,
                              const encryption::KeySource& key);

}  // namespace tubthump::launcher
