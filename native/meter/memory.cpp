#include "meter/memory.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>

namespace tubthump::meter {

Memory parse_rollup(std::istream& in) {
  Memory memory;
  std::string name;
  while (in >> name) {
    long long value = 0;
    if (name == "Pss:" && in >> value) memory.proportional_kb += value;
    if (name == "Private_Dirty:" && in >> value) memory.private_kb += value;
    in.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return memory;
}

Memory memory_of_sandbox() {
  Memory sum;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename();
    int pid = 0;
    std::from_chars(name.data(), name.data() + name.size(), pid);
    if (pid < 2) continue;
    std::ifstream rollup(entry.path() / "smaps_rollup");  // Empty for a zombie.
    const Memory one = parse_rollup(rollup);
    sum.private_kb += one.private_kb;
    sum.proportional_kb += one.proportional_kb;
  }
  return sum;
}

}  // namespace tubthump::meter
