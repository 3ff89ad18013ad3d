#include "process/oom_victim.h"

#include <fstream>

namespace tubthump::process {

namespace {

constexpr const char* kFile = "/proc/self/oom_score_adj";
/// Of 1000: counts like half of the machine's or the cgroup's memory.
constexpr int kFirst = 500;

bool write(const std::string& value) {
  std::ofstream file(kFile);
  file << value;
  file.flush();
  return static_cast<bool>(file);
}

}  // namespace

OomVictim::OomVictim() {
  int now = kFirst;
  std::ifstream(kFile) >> now;
  if (now < kFirst && write(std::to_string(kFirst))) before_ = std::to_string(now);
}

OomVictim::~OomVictim() {
  if (!before_.empty()) (void)write(before_);
}

}  // namespace tubthump::process
