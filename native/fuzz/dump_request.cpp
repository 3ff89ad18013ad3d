// What a service asks its dump agent for, which may run as somebody else.
#include "dump/request.h"

#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = fuzz::text_of(data, size);
  (void)dump::parse_request(text);
  (void)dump::parse_target(text);
  return 0;
}
