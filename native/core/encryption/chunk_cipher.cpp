#include "encryption/chunk_cipher.h"

#include <array>
#include <cstring>

namespace tubthump::encryption {

namespace {

using Nonce = std::array<uint8_t, crypto_aead_aes256gcm_NPUBBYTES>;

Nonce nonce_of(uint64_t chunk) {
  Nonce nonce{};
  std::memcpy(nonce.data(), &chunk, sizeof chunk);
  return nonce;
}

const uint8_t* bytes_of(const std::string& text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

/// The salts: of the image, and of this sealing of this file.
std::array<uint8_t, 48> salt_of(const SealedHeader& header) {
  std::array<uint8_t, 48> salt;
  std::memcpy(salt.data(), header.image_salt.data(), 32);
  std::memcpy(salt.data() + 32, header.file_salt.data(), 16);
  return salt;
}

}  // namespace

Result<void> check_processor() {
  if (::sodium_init() >= 0 && ::crypto_aead_aes256gcm_is_available() == 1) return {};
  return fail(ErrorCode::ImageMismatch,
              "encrypted images need a processor with the instructions AES-NI and PCLMUL");
}

ChunkCipher::ChunkCipher(const Key& key, const SealedHeader& header, std::string_view name,
                         std::string_view bound_to)
    : last_(header.chunks() - 1) {
  const FileKey file_key =
      key.derive(salt_of(header), "tubthump sealed file 1 " + std::string(name));
  ::crypto_aead_aes256gcm_beforenm(&state_, file_key.view().data());
  const HeaderBytes bytes = encode_header(header);
  about_.assign(bytes.begin(), bytes.end());
  about_.append(name).append(1, '\0').append(bound_to);
}

ChunkCipher::~ChunkCipher() { ::sodium_memzero(&state_, sizeof state_); }

std::string ChunkCipher::authenticated(uint64_t chunk) const {
  std::string text(sizeof chunk + 1, '\0');
  std::memcpy(text.data(), &chunk, sizeof chunk);
  text[sizeof chunk] = chunk == last_;
  return text + about_;
}

void ChunkCipher::seal(uint64_t chunk, std::span<const uint8_t> plain, uint8_t* sealed) const {
  const std::string with = authenticated(chunk);
  ::crypto_aead_aes256gcm_encrypt_afternm(sealed, nullptr, plain.data(), plain.size(),
                                          bytes_of(with), with.size(), nullptr,
                                          nonce_of(chunk).data(), &state_);
}

bool ChunkCipher::open(uint64_t chunk, std::span<const uint8_t> sealed, uint8_t* plain) const {
  const std::string with = authenticated(chunk);
  return ::crypto_aead_aes256gcm_decrypt_afternm(plain, nullptr, nullptr, sealed.data(),
                                                 sealed.size(), bytes_of(with), with.size(),
                                                 nonce_of(chunk).data(), &state_) == 0;
}

}  // namespace tubthump::encryption
