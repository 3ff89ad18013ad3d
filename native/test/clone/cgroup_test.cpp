#include "clone/cgroup.h"

#include <doctest/doctest.h>

using namespace tubthump;

TEST_CASE("a limit is a file of a cgroup and what is written to it") {
  auto limit = clone::parse_limit("memory.max=200M");
  REQUIRE(limit);
  CHECK(limit->file == "memory.max");
  CHECK(limit->value == "200M");
  for (const char* wrong : {"", "memory.max", "memory.max=", "=200M", "../x.y=1", "memory=1"}) {
    CAPTURE(wrong);
    auto parsed = clone::parse_limit(wrong);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == ErrorCode::Usage);
  }
}

TEST_CASE("a cgroup is made below one that exists, and nowhere else") {
  for (const char* wrong : {"/tmp/copy", "copy", "/no/such/directory/copy", ""}) {
    CAPTURE(wrong);
    auto checked = clone::check_cgroup(wrong);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == ErrorCode::Namespace);
  }
}
