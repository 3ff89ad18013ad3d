// What CRIU answers.
#include "rpc/response.h"

#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  (void)rpc::decode_response(fuzz::text_of(data, size));
  return 0;
}
