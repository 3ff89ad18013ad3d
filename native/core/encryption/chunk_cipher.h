// AES-256-GCM for the chunks of one sealed file, by the processor's own instructions.
//
// Each file has a key of its own, so a chunk's number is its nonce. What is authenticated with it
// (header, number, whether it is the last one, the file's name and what the caller binds it to)
// keeps chunks from being left out, repeated, or moved within a file, between files or images.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "encryption/sealed_header.h"
#include "error/error.h"

namespace tubthump::encryption {

/// Errors: ImageMismatch when this processor cannot do it (AES-NI and PCLMUL).
Result<void> check_processor();

/// Concurrency: any number of threads. Precondition: check_processor().
class ChunkCipher {
 public:
  /// `bound_to`: what the file has to be opened with, too; empty for most.
  ChunkCipher(const Key& key, const SealedHeader& header, std::string_view name,
              std::string_view bound_to);
  ChunkCipher(const ChunkCipher&) = delete;
  ChunkCipher& operator=(const ChunkCipher&) = delete;
  ~ChunkCipher();

  /// `sealed` has room for the chunk and its tag.
  void seal(uint64_t chunk, std::span<const uint8_t> plain, uint8_t* sealed) const;

  /// False when it is not what was sealed; then `plain` holds nothing of it.
  [[nodiscard]] bool open(uint64_t chunk, std::span<const uint8_t> sealed, uint8_t* plain) const;

 private:
  [[nodiscard]] std::string authenticated(uint64_t chunk) const;

  crypto_aead_aes256gcm_state state_;
  std::string about_;  ///< Header, name and what it is bound to.
  uint64_t last_;
};

}  // namespace tubthump::encryption
