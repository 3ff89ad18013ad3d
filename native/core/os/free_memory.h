// Memory that this process can still take: of the machine, and of the cgroups that it is in.
#pragma once

#include <cstdint>

namespace tubthump {

/// In bytes, what the kernel would have to take back from its caches among them; an estimate.
/// 0 when /proc does not say.
uint64_t free_memory();

}  // namespace tubthump
