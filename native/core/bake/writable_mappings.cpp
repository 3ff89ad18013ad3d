#include "bake/writable_mappings.h"

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

namespace tubthump::bake {

std::vector<HeapRange> writable_mappings() {
  std::vector<HeapRange> mappings;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    unsigned long start = 0, end = 0;
    char rights[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &start, &end, rights) != 3) continue;
    if (std::string_view(rights) == "rw-p") mappings.push_back({start, end - start});
  }
  return mappings;
}

}  // namespace tubthump::bake
