// pagemap-PID.img, the whole file.
#include "criu_image/pagemap.h"

#include "criu_image/image_file.h"
#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto messages = criu_image::decode_messages(fuzz::text_of(data, size), "pagemap-1.img",
                                                    criu_image::Kind::Pagemap);
  if (!messages) return 0;
  const auto decoded = criu_image::decode_pagemap(*messages);
  if (!decoded) return 0;
  const auto again = criu_image::decode_pagemap(criu_image::encode_pagemap(*decoded));
  fuzz::require(again && again->runs.size() == decoded->runs.size());
  return 0;
}
