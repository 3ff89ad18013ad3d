#include "clone/numbered.h"

#include <doctest/doctest.h>

using namespace tubthump;

TEST_CASE("{n} is the number, wherever it stands") {
  CHECK(clone::numbered("web-{n}", 3) == "web-3");
  CHECK(clone::numbered("{n}/{n}", 12) == "12/12");
  CHECK(clone::numbered("web", 3) == "web");
  CHECK(clone::numbered("", 3).empty());
  CHECK(clone::numbered("{n", 3) == "{n");
}

TEST_CASE("a first port leaves room for the last copy") {
  CHECK(clone::first_port("8100+", 16).value() == 8100);
  CHECK(clone::first_port("65535+", 1).value() == 65535);
  for (const char* wrong :
       {"", "+", "8100", "8100++", "0+", "-1+", "65536+", "99999999999+", "x+"}) {
    CAPTURE(wrong);
    REQUIRE_FALSE(clone::first_port(wrong, 1));
    CHECK(clone::first_port(wrong, 1).error().code == ErrorCode::Usage);
  }
  CHECK_FALSE(clone::first_port("65535+", 2));
}
