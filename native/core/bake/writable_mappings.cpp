#include "bake/writable_mappings.h"

#include <unistd.h>

#include "process/mappings.h"

namespace tubthump::bake {

std::vector<HeapRange> writable_mappings() {
  std::vector<HeapRange> ranges;
  for (const process::Mapping& mapping : process::mappings_of(::getpid()))
    if (is_writable_data(mapping)) ranges.push_back({mapping.start, mapping.end - mapping.start});
  return ranges;
}

}  // namespace tubthump::bake
