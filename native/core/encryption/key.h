// A key that images are encrypted with: 32 bytes, in memory for as long as it is needed.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "error/error.h"

namespace tubthump::encryption {

/// Bytes that are overwritten when their owner goes.
template <size_t Size>
class SecretBytes {
 public:
  SecretBytes() = default;
  SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }
  SecretBytes& operator=(SecretBytes&&) = delete;
  ~SecretBytes() { wipe(); }
  [[nodiscard]] uint8_t* data() { return bytes_.data(); }
  [[nodiscard]] std::span<const uint8_t, Size> view() const { return bytes_; }

 private:
  // As sodium_memzero() does it: a write that the compiler may not leave out.
  void wipe() {
    for (volatile uint8_t& byte : bytes_) byte = 0;
  }
  std::array<uint8_t, Size> bytes_{};
};

using KeyBytes = SecretBytes<32>;
/// Tells keys apart and gives nothing of them away.
using KeyId = std::array<uint8_t, 16>;
using FileKey = SecretBytes<32>;

class Key {
 public:
  /// `text`: 32 bytes as they are, or as 64 hexadecimal digits, or in base64, white space around
  /// it. `from`: where it comes from, for the message. Errors: Key.
  static Result<Key> parse(std::string_view text, const std::string& from);

  [[nodiscard]] KeyId id() const;

  /// The key of one file: HKDF-SHA-512 (RFC 5869) with this salt and info, the first 32 bytes.
  [[nodiscard]] FileKey derive(std::span<const uint8_t> salt, std::string_view info) const;

 private:
  explicit Key(KeyBytes bytes) : bytes_(std::move(bytes)) {}
  KeyBytes bytes_;
};

std::string hex(std::span<const uint8_t> bytes);

}  // namespace tubthump::encryption
