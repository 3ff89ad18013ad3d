#include "process/mappings.h"

#include <sys/mman.h>

#include <cstdio>
#include <fstream>

namespace tubthump::process {

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
    map.protection = (access[0] == 'r' ? PROT_READ : 0) | (access[1] == 'w' ? PROT_WRITE : 0) |
                     (access[2] == 'x' ? PROT_EXEC : 0);
    map.shared = access[3] == 's';
    map.path = line.substr(static_cast<size_t>(path));
    mappings.push_back(std::move(map));
  }
  return mappings;
}

bool is_writable_data(const Mapping& mapping) {
  return !mapping.shared && mapping.protection == (PROT_READ | PROT_WRITE);
}

}  // namespace tubthump::process
