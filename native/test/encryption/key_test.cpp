#include "encryption/key.h"

#include <doctest/doctest.h>

using namespace tubthump;
using encryption::hex;
using encryption::Key;

namespace {

const std::string kRaw = "0123456789abcdefghijklmnopqrstuv";

std::string id_of(const std::string& text) {
  auto key = Key::parse(text, "it");
  REQUIRE(key);
  return hex(key->id());
}

}  // namespace

TEST_CASE("a key has three forms") {
  CHECK(id_of("303132333435363738396162636465666768696a6b6c6d6e6f70717273747576") == id_of(kRaw));
  CHECK(id_of(" 303132333435363738396162636465666768696A6B6C6D6E6F70717273747576\n") ==
        id_of(kRaw));
  CHECK(id_of("MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=\n") == id_of(kRaw));
  CHECK(id_of("MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY") == id_of(kRaw));
}

TEST_CASE("what is no key is refused, and not repeated") {
  for (const std::string text :
       {"", "\n", "secret", "3031", "!!!!", "not base64 at all ----------"}) {
    auto key = Key::parse(text, "key file k");
    REQUIRE_FALSE(key);
    CHECK(key.error().code == ErrorCode::Key);
    CHECK(key.error().message ==
          "key file k: no key of 32 bytes, as they are, in hexadecimal or in base64");
  }
}

TEST_CASE("what is derived from a key is HKDF-SHA-512") {
  // openssl kdf -keylen 32 -kdfopt digest:SHA512 -kdfopt key:… -kdfopt salt:salt -kdfopt info:info
  auto key = Key::parse(kRaw, "it");
  REQUIRE(key);
  const uint8_t salt[] = {'s', 'a', 'l', 't'};
  CHECK(hex(key->derive(salt, "info").view()) ==
        "d86e7de2235fc5334ab1935905b102a097d2976dd233f461615fc02f75608bb1");
}
