// Numbers, texts and digests as the bytes of a pack.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstring>
#include <string>
#include <string_view>

#include "pack/digest.h"

namespace tubthump::pack {

// Numbers are copied as they are in memory.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

class Writer {
 public:
  void raw(std::string_view bytes) { bytes_ += bytes; }
  template <std::unsigned_integral Number>
  void number(Number value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  /// At most 65535 bytes.
  void text(std::string_view text) {
    number(static_cast<uint16_t>(text.size()));
    raw(text);
  }
  void digest(const Digest& digest) {
    bytes_.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  }

  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Past the end everything is zero or empty, and good() tells.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <std::unsigned_integral Number>
  Number number() {
    Number value = 0;
    take(&value, sizeof value);
    return value;
  }
  std::string_view text() {
    const size_t size = number<uint16_t>();
    if (size > rest_.size()) good_ = false;
    if (!good_) return {};
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }
  Digest digest() {
    Digest digest{};
    take(digest.data(), digest.size());
    return digest;
  }

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  void take(void* target, size_t size) {
    if (size > rest_.size()) good_ = false;
    if (!good_) return;
    std::memcpy(target, rest_.data(), size);
    rest_.remove_prefix(size);
  }

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace tubthump::pack
