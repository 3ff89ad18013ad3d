#include "clone/namespaces.h"

#include <doctest/doctest.h>
#include <sched.h>

#include "clone/network.h"

using namespace tubthump;

TEST_CASE("a list of namespaces becomes flags") {
  clone::Spec spec;
  REQUIRE(clone::add_namespaces(spec, "net,uts"));
  CHECK(spec.namespaces == (CLONE_NEWNET | CLONE_NEWUTS));
  CHECK_FALSE(spec.private_mounts);
  REQUIRE(clone::add_namespaces(spec, "mount,ipc,cgroup"));
  CHECK(spec.namespaces == (CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP));
  CHECK(spec.private_mounts);
  REQUIRE(clone::add_namespaces(spec, ""));
}

TEST_CASE("a word that is no namespace is named") {
  clone::Spec spec;
  auto added = clone::add_namespaces(spec, "net,pid");
  REQUIRE_FALSE(added);
  CHECK(added.error().code == ErrorCode::Usage);
  CHECK(added.error().message.find("`pid`") != std::string::npos);
}

TEST_CASE("an address may have the bits of its network") {
  clone::Address address;
  REQUIRE(clone::set_address(address, "10.0.0.7/24"));
  CHECK(address.ip == "10.0.0.7");
  CHECK(address.prefix == 24);
  REQUIRE(clone::set_address(address, "fd00::7"));
  CHECK(address.ip == "fd00::7");
  CHECK(address.prefix == 128);
  REQUIRE(clone::set_address(address, "10.0.0.8"));
  CHECK(address.prefix == 32);
  for (const char* wrong : {"", "10.0.0", "10.0.0.256", "10.0.0.1/", "10.0.0.1/33", "10.0.0.1/8x",
                            ":", "fd00::7/129", "fd00::7::8"}) {
    CAPTURE(wrong);
    CHECK_FALSE(clone::set_address(address, wrong));
  }
}
