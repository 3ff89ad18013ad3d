// Signs as src/signing does, with a key that is always the same.
#pragma once

#include <sodium.h>

#include <string>

#include "signature/public_key.h"

struct Signer {
  tubthump::signature::PublicKey key;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;

  explicit Signer(unsigned char seed = 1) {
    std::array<unsigned char, crypto_sign_SEEDBYTES> bytes;
    bytes.fill(seed);
    ::crypto_sign_seed_keypair(key.data(), secret.data(), bytes.data());
  }

  [[nodiscard]] std::string sign(const std::string& body) const {
    std::array<unsigned char, crypto_sign_BYTES> signature;
    ::crypto_sign_detached(signature.data(), nullptr,
                           reinterpret_cast<const unsigned char*>(body.data()), body.size(),
                           secret.data());
    return "tubthump signature 1\n" + hex(signature.data(), signature.size()) + "\n" + body;
  }

  [[nodiscard]] std::string pem() const {
    std::string der("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
    der.append(reinterpret_cast<const char*>(key.data()), key.size());
    std::string text(sodium_base64_ENCODED_LEN(44, sodium_base64_VARIANT_ORIGINAL), '\0');
    ::sodium_bin2base64(text.data(), text.size(),
                        reinterpret_cast<const unsigned char*>(der.data()), der.size(),
                        sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // Its zero byte.
    return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
  }

  static std::string hex(const unsigned char* bytes, size_t size) {
    std::string text(2 * size + 1, '\0');
    ::sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
  }

  /// A line of the statement.
  static std::string line(const std::string& name, const std::string& content) {
    std::array<unsigned char, 64> digest;
    ::crypto_generichash(digest.data(), digest.size(),
                         reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                         nullptr, 0);
    return hex(digest.data(), digest.size()) + " " + std::to_string(content.size()) + " " + name +
           "\n";
  }
};
