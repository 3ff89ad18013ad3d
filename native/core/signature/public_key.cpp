#include "signature/public_key.h"

#include <sodium.h>

#include <algorithm>
#include <fstream>

namespace tubthump::signature {

namespace {

constexpr std::string_view kBegin = "-----BEGIN PUBLIC KEY-----";
constexpr std::string_view kEnd = "-----END PUBLIC KEY-----";

/// SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes }
constexpr std::array<unsigned char, 12> kPrefix = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                                   0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

std::unexpected<Error> no_key(const std::string& what) {
  return fail(ErrorCode::Usage, what + " is no Ed25519 public key in PEM");
}

}  // namespace

Result<PublicKey> parse_public_key(std::string_view pem) {
  const size_t begin = pem.find(kBegin);
  if (begin == std::string_view::npos) return no_key("the file");
  const size_t start = begin + kBegin.size(), end = pem.find(kEnd, start);
  if (end == std::string_view::npos) return no_key("the file");
  std::array<unsigned char, kPrefix.size() + std::tuple_size_v<PublicKey>> der;
  size_t written = 0;
  if (::sodium_base642bin(der.data(), der.size(), pem.data() + start, end - start, " \r\n",
                          &written, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      written != der.size() || !std::equal(kPrefix.begin(), kPrefix.end(), der.begin()))
    return no_key("the file");
  PublicKey key;
  std::copy(der.begin() + kPrefix.size(), der.end(), key.begin());
  return key;
}

Result<PublicKey> read_public_key(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  // A key has 113 bytes; comments may stand around it.
  std::string text(16'384, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  auto key = parse_public_key(text);
  if (!key) return no_key(path);
  return key;
}

}  // namespace tubthump::signature
