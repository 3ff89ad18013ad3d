#include "bake/mapped_before.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>

namespace tubthump::bake {

namespace {

struct MapsLine {
  uint64_t start = 0, end = 0;
  unsigned long inode = 0;
};

std::optional<MapsLine> parse(const std::string& line) {
  MapsLine map;
  // "start-end perms offset major:minor inode path"
  const int got =
      std::sscanf(line.c_str(), "%lx-%lx %*s %*x %*x:%*x %lu", &map.start, &map.end, &map.inode);
  return got == 3 ? std::optional(map) : std::nullopt;
}

Result<std::string> mount_id_of(int fd) {
  std::ifstream info("/proc/self/fdinfo/" + std::to_string(fd));
  for (std::string key, value; info >> key >> value;)
    if (key == "mnt_id:") return value;
  return fail(ErrorCode::System, "no mnt_id in /proc/self/fdinfo");
}

Result<MappedBefore> open_mapped(pid_t pid, const MapsLine& map) {
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
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  for (std::string line; std::getline(maps, line);) {
    const auto map = parse(line);
    if (!map || !covers(heap, map->start, map->end)) continue;
    if (map->inode == 0 || map->inode == inode) continue;
    if (inode) return fail(ErrorCode::DumpFailed, "two files are mapped in the heap");
    inode = map->inode;
    auto opened = open_mapped(pid, *map);
    if (!opened) return std::unexpected(opened.error());
    found = std::move(*opened);
  }
  return found;
}

}  // namespace tubthump::bake
