// The file without its checksum, which nobody finds by trying.
#include "working_set/file.h"

#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto set = working_set::decode(working_set::with_checksum(fuzz::text_of(data, size)));
  if (!set) return 0;
  const auto again = working_set::decode(working_set::encode(*set));
  fuzz::require(again && again->runs == set->runs && again->files == set->files);
  return 0;
}
