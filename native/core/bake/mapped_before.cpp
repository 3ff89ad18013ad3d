#include "bake/mapped_before.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>

#include "process/mappings.h"

namespace tubthump::bake {

namespace {

Result<std::string> mount_id_of(int fd) {
  std::ifstream info("/proc/self/fdinfo/" + std::to_string(fd));
  for (std::string key, value; info >> key >> value;)
    if (key == "mnt_id:") return value;
  return fail(ErrorCode::System, "no mnt_id in /proc/self/fdinfo");
}

Result<MappedBefore> open_mapped(pid_t pid, const process::Mapping& map) {
  char path[96];
  std::snprintf(path, sizeof path, "/proc/%d/map_files/%lx-%lx", pid, map.start, map.end);
  MappedBefore before;
  before.file.reset(::open(path, O_RDONLY | O_CLOEXEC));
  if (!before.file) return fail_errno(ErrorCode::System, path);
  auto mount = mount_id_of(before.file.get());
  if (!mount) return std::unexpected(mount.error());
  char external[96];
  // criu/files-reg.c, dump_one_reg_file: both in hexadecimal.
  std::snprintf(external, sizeof external, "file[%x:%lx]", std::stoi(*mount), map.inode);
  before.external = external;
  before.inode = map.inode;
  return before;
}

}  // namespace

Result<std::optional<MappedBefore>> mapped_before(pid_t pid, const std::vector<HeapRange>& heap) {
  std::optional<MappedBefore> found;
  unsigned long inode = 0;
  for (const process::Mapping& map : process::mappings_of(pid)) {
    if (map.inode == 0 || map.inode == inode || !covers(heap, map.start, map.end)) continue;
    if (inode) return fail(ErrorCode::DumpFailed, "two files are mapped in the heap");
    inode = map.inode;
    auto opened = open_mapped(pid, map);
    if (!opened) return std::unexpected(opened.error());
    found = std::move(*opened);
  }
  return found;
}

}  // namespace tubthump::bake
