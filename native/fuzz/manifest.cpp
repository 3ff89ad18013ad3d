#include "image/manifest.h"

#include "encryption/sealed_manifest.h"
#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = fuzz::text_of(data, size);
  (void)encryption::encrypted_size(text);
  if (const auto open = encryption::public_manifest(text, {}, {}))
    fuzz::require(encryption::encrypted_size(*open).has_value());
  const auto manifest = image::parse_manifest(text);
  if (!manifest) return 0;
  const auto completed = image::complete_manifest(text, *manifest);
  fuzz::require(completed && image::parse_manifest(*completed).has_value());
  return 0;
}
