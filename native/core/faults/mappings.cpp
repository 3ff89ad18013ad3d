#include "faults/mappings.h"

#include <cstdio>
#include <fstream>

namespace tubthump::faults {

std::vector<Mapping> mappings_of(pid_t pid) {
  std::vector<Mapping> mappings;
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  for (std::string line; std::getline(maps, line);) {
    Mapping map;
    char access[5] = {};
    int path = 0;
    // "start-end perms offset major:minor inode   path"
    if (std::sscanf(line.c_str(), "%lx-%lx %4s %lx %*x:%*x %lu %n", &map.start, &map.end, access,
                    &map.offset, &map.inode, &path) != 5)
      continue;
    map.shared = access[3] == 's';
    map.path = line.substr(static_cast<size_t>(path));
    mappings.push_back(std::move(map));
  }
  return mappings;
}

}  // namespace tubthump::faults
