// The heap.img that a restored process still maps, when it is dumped again.
//
// Its VMAs hold only what the copy has written; the rest is in the file, which may be gone by name.
// CRIU takes the file as external (no path is kept), and baking starts from the file's bytes.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "bake/bake.h"
#include "os/unique_fd.h"

namespace tubthump::bake {

struct MappedBefore {
  UniqueFd file;
  std::string external;     ///< What CRIU's option `external` and its image call it.
  unsigned long inode = 0;  ///< As /proc/PID/maps has it.
};

/// Looks for a mapped file in the heap of `pid`, through /proc/PID/map_files (proc(5)); nothing in
/// a process that never was restored. The process must not change its mappings meanwhile.
/// Errors: System; DumpFailed when more than one file is mapped there.
Result<std::optional<MappedBefore>> mapped_before(pid_t pid, const std::vector<HeapRange>& heap);

}  // namespace tubthump::bake
