// The lines of /proc/PID/maps (proc_pid_maps(5)).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace tubthump::process {

struct Mapping {
  uint64_t start = 0;
  uint64_t end = 0;
  uint32_t protection = 0;  ///< PROT_*
  bool shared = false;
  uint64_t offset = 0;  ///< In the file, bytes.
  ino_t inode = 0;      ///< 0: no file.
  std::string path;     ///< With " (deleted)" behind it when the file has no name any more.
};

/// In order of address; empty when the process is gone or not ours to see.
std::vector<Mapping> mappings_of(pid_t pid);

/// Whether it is private, can be read and written, and not executed.
bool is_writable_data(const Mapping& mapping);

}  // namespace tubthump::process
