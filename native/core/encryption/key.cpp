#include "encryption/key.h"

#include <sodium.h>

#include <algorithm>

namespace tubthump::encryption {

namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr size_t kSize = 32;

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool from_hex(std::string_view text, uint8_t* out) {
  size_t written = 0;
  return text.size() == 2 * kSize &&
         ::sodium_hex2bin(out, kSize, text.data(), text.size(), nullptr, &written, nullptr) == 0 &&
         written == kSize;
}

bool from_base64(std::string_view text, uint8_t* out) {
  for (int variant : {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
                      sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING}) {
    size_t written = 0;
    if (::sodium_base642bin(out, kSize, text.data(), text.size(), nullptr, &written, nullptr,
                            variant) == 0 &&
        written == kSize)
      return true;
  }
  return false;
}

using Block = SecretBytes<crypto_auth_hmacsha512_BYTES>;

/// HMAC-SHA-512 of what is given in parts.
Block hmac(std::span<const uint8_t> key, std::initializer_list<std::span<const uint8_t>> parts) {
  Block out;
  crypto_auth_hmacsha512_state state;
  // The empty one may have no address, and libsodium wants one.
  const uint8_t nothing = 0;
  ::crypto_auth_hmacsha512_init(&state, key.empty() ? &nothing : key.data(), key.size());
  for (const auto& part : parts) ::crypto_auth_hmacsha512_update(&state, part.data(), part.size());
  ::crypto_auth_hmacsha512_final(&state, out.data());
  ::sodium_memzero(&state, sizeof state);
  return out;
}

}  // namespace

Result<Key> Key::parse(std::string_view text, const std::string& from) {
  KeyBytes bytes;
  const std::string_view word = trimmed(text);
  if (text.size() == kSize)
    std::ranges::copy(text, bytes.data());
  else if (!from_hex(word, bytes.data()) && !from_base64(word, bytes.data()))
    return fail(ErrorCode::Key,
                from + ": no key of 32 bytes, as they are, in hexadecimal or in base64");
  return Key(std::move(bytes));
}

KeyId Key::id() const {
  const FileKey derived = derive({}, "tubthump key id 1");
  KeyId id;
  std::ranges::copy(derived.view().first(id.size()), id.begin());
  return id;
}

FileKey Key::derive(std::span<const uint8_t> salt, std::string_view info) const {
  const Block extracted = hmac(salt, {bytes_.view()});
  constexpr uint8_t kFirst[] = {1};
  const std::span about(reinterpret_cast<const uint8_t*>(info.data()), info.size());
  const Block expanded = hmac(extracted.view(), {about, kFirst});
  FileKey key;
  std::ranges::copy(expanded.view().first(kSize), key.data());
  return key;
}

std::string hex(std::span<const uint8_t> bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  ::sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace tubthump::encryption
