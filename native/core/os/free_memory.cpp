#include "os/free_memory.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace tubthump {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kUnlimited = std::numeric_limits<uint64_t>::max();

/// Files of the memory controller, cgroup-v2.rst and cgroup-v1/memory.rst.
struct Names {
  const char* limit;
  const char* usage;
  const char* cache;  ///< A field of memory.stat: files that nobody has used lately.
};
constexpr Names kVersion2{"memory.max", "memory.current", "inactive_file"};
constexpr Names kVersion1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};

/// The number behind `key`, in its unit.
uint64_t field_of(const fs::path& path, std::string_view key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    uint64_t value = 0;
    if (words >> name >> value && name == key) return value;
  }
  return 0;
}

/// Nothing when there is no such file, or `max` in it.
std::optional<uint64_t> number_in(const fs::path& path) {
  std::ifstream file(path);
  uint64_t value = 0;
  return file >> value ? std::optional(value) : std::nullopt;
}

uint64_t free_in(const fs::path& cgroup, const Names& names) {
  const auto limit = number_in(cgroup / names.limit);
  if (!limit) return kUnlimited;
  const uint64_t usage = number_in(cgroup / names.usage).value_or(0);
  const uint64_t used = usage - std::min(usage, field_of(cgroup / "memory.stat", names.cache));
  return *limit - std::min(*limit, used);
}

bool lists(const std::string& words, std::string_view wanted) {
  std::istringstream stream(words);
  for (std::string word; std::getline(stream, word, ',');)
    if (word == wanted) return true;
  return false;
}

/// Ours in the hierarchy of the memory controller, below its mount; "/" when nothing says so.
std::string own_cgroup(bool unified) {
  std::ifstream file("/proc/self/cgroup");
  std::string id, controllers, path;
  while (std::getline(file, id, ':') && std::getline(file, controllers, ':') &&
         std::getline(file, path))
    if (unified ? id == "0" && controllers.empty() : lists(controllers, "memory")) return path;
  return "/";
}

/// The least of the cgroup and all above it.
uint64_t free_below(const fs::path& mount, const Names& names, bool unified) {
  fs::path cgroup = mount / fs::path(own_cgroup(unified)).relative_path();
  std::error_code error;
  // In a container of version 1 the path is that of the host, and the mount is the container's.
  if (!fs::exists(cgroup, error)) cgroup = mount;
  uint64_t free = free_in(mount, names);
  for (; cgroup.string().size() > mount.string().size(); cgroup = cgroup.parent_path())
    free = std::min(free, free_in(cgroup, names));
  return free;
}

}  // namespace

uint64_t free_memory() {
  uint64_t free = field_of("/proc/meminfo", "MemAvailable:") << 10;
  std::ifstream mounts("/proc/self/mounts");
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream words(line);
    std::string source, path, type, options;
    words >> source >> path >> type >> options;
    if (type == "cgroup2") free = std::min(free, free_below(path, kVersion2, true));
    if (type == "cgroup" && lists(options, "memory"))
      free = std::min(free, free_below(path, kVersion1, false));
  }
  return free;
}

}  // namespace tubthump
