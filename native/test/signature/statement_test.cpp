#include "signature/statement.h"

#include <doctest/doctest.h>

#include "signer.h"

using namespace tubthump;
using namespace tubthump::signature;

namespace {

std::string message_of(const std::string& text, const PublicKey& key) {
  auto statement = verify_statement(text, key);
  if (statement) return "good";
  CHECK(statement.error().code == ErrorCode::ImageUntrusted);
  return statement.error().message;
}

}  // namespace

TEST_CASE("a statement says what was signed") {
  const Signer signer;
  const std::string body =
      "image 1-2-3\n" + Signer::line("mm-7.img", "bytes") + Signer::line("a b", "");
  auto statement = verify_statement(signer.sign(body), signer.key);
  REQUIRE(statement);
  CHECK(statement->image_id == "1-2-3");
  REQUIRE(statement->files.size() == 2);
  CHECK(statement->files[0].name == "mm-7.img");
  CHECK(statement->files[0].size == 5);
  CHECK(statement->files[1].name == "a b");
}

TEST_CASE("a statement that was changed, or signed by another, is refused") {
  const Signer signer, other(2);
  const std::string text = signer.sign("image 1\n" + Signer::line("a", "a"));
  CHECK(message_of(text, signer.key) == "good");
  CHECK(message_of(text, other.key) == "the image was not signed with the key that is required");
  for (size_t at = 0; at < text.size(); at++) {
    std::string changed = text;
    changed[at] ^= 1;
    CHECK_MESSAGE(message_of(changed, signer.key) != "good", "byte ", at);
    CHECK_MESSAGE(message_of(text.substr(0, at), signer.key) != "good", "cut at ", at);
  }
}

TEST_CASE("a good signature does not make lines good that are none") {
  const Signer signer;
  const std::string digest(128, '0');
  for (const std::string& body :
       {std::string("nothing\n"), std::string("image 1\nfile\n"), "image 1\n" + digest + " 1 a",
        "image 1\n" + digest + " 1 ../a\n", "image 1\n" + digest + " 1 ..\n",
        "image 1\n" + digest + " 1 \n", "image 1\n" + digest + " -1 a\n",
        "image 1\n" + digest + " 99999999999999999999999 a\n",
        "image 1\n" + digest.substr(1) + "x 1 a\n"})
    CHECK(message_of(signer.sign(body), signer.key).starts_with("the signature is malformed"));
}

TEST_CASE("a public key is read from PEM, and nothing else") {
  const Signer signer;
  auto key = parse_public_key(signer.pem());
  REQUIRE(key);
  CHECK(*key == signer.key);
  const std::string pem = signer.pem();
  for (const std::string& text : {std::string(), std::string("-----BEGIN PUBLIC KEY-----"),
                                  pem.substr(0, 60), "x" + pem.substr(30)})
    CHECK(!parse_public_key(text));
  // RSA and others have another prefix.
  std::string other = pem;
  other[28] = 'N';
  CHECK(!parse_public_key(other));
  CHECK(read_public_key("/nowhere").error().code == ErrorCode::Usage);
}
