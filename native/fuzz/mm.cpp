// mm-PID.img, the whole file.
#include "criu_image/mm.h"

#include "criu_image/image_file.h"
#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto messages =
      criu_image::decode_messages(fuzz::text_of(data, size), "mm-1.img", criu_image::Kind::Mm);
  if (!messages) return 0;
  for (const std::string& mm : *messages) {
    const auto vmas = criu_image::decode_vmas(mm);
    if (!vmas) continue;
    const auto encoded = criu_image::replace_vmas(mm, *vmas);
    if (!encoded) continue;
    const auto again = criu_image::decode_vmas(*encoded);
    fuzz::require(again && again->size() == vmas->size());
  }
  return 0;
}
