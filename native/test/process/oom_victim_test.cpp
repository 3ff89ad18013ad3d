#include "process/oom_victim.h"

#include <doctest/doctest.h>

#include <fstream>

using namespace tubthump;

namespace {

int score() {
  int value = -1;
  std::ifstream("/proc/self/oom_score_adj") >> value;
  return value;
}

}  // namespace

TEST_CASE("a victim is one for as long as it says so") {
  const int before = score();
  {
    const process::OomVictim victim;
    CHECK(score() >= 500);
  }
  CHECK(score() == before);
}
