// BLAKE2b-256, from libsodium: what every chunk, page and index of a pack is known by.
#pragma once

#include <sodium.h>

#include <array>
#include <span>

namespace tubthump::pack {

using Digest = std::array<unsigned char, 32>;
using Bytes = std::span<const unsigned char>;

inline Digest digest_of(Bytes bytes) {
  Digest digest;
  ::crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), nullptr, 0);
  return digest;
}

/// Of bytes that come in pieces.
class Hasher {
 public:
  Hasher() { ::crypto_generichash_init(&state_, nullptr, 0, sizeof(Digest)); }
  void add(Bytes bytes) { ::crypto_generichash_update(&state_, bytes.data(), bytes.size()); }
  Digest finish() {
    Digest digest;
    ::crypto_generichash_final(&state_, digest.data(), digest.size());
    return digest;
  }

 private:
  crypto_generichash_state state_;
};

}  // namespace tubthump::pack
