// files.img, the whole file.
#include "criu_image/files.h"

#include "criu_image/image_file.h"
#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto messages =
      criu_image::decode_messages(fuzz::text_of(data, size), "files.img", criu_image::Kind::Files);
  if (!messages) return 0;
  (void)criu_image::free_file_id(*messages);
  (void)criu_image::name_of_file(*messages, 1);
  return 0;
}
