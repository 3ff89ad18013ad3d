// What was signed with its signature, and public keys. Nobody finds a good signature by trying.
#include "signature/public_key.h"
#include "signature/statement.h"
#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = fuzz::text_of(data, size);
  (void)signature::parse_public_key(text);
  (void)signature::verify_statement(text, signature::PublicKey{});
  (void)signature::parse_statement(text);
  return 0;
}
