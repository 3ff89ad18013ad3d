#include "restore/machine_check.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "process/cpu.h"

using namespace tubthump;

TEST_CASE("an image made here fits this processor") {
  image::Manifest manifest;
  manifest.cpu_features = process::cpu_features();
  CHECK(!manifest.cpu_features.empty());
  CHECK(restore::check_cpu(manifest));
}

TEST_CASE("what this processor lacks is named, and nothing else") {
  image::Manifest manifest;
  manifest.cpu_features = process::cpu_features();
  manifest.cpu_features.insert(manifest.cpu_features.begin(), "avx1024");
  auto checked = restore::check_cpu(manifest);
  REQUIRE(!checked);
  CHECK(checked.error().code == ErrorCode::ImageMismatch);
  CHECK(checked.error().message.ends_with("may use: avx1024"));
}

TEST_CASE("a capability that no process can have is missing") {
  if (::geteuid() != 0) return;  // Only the kernel knows what others' CRIU will have.
  image::Manifest manifest;
  CHECK(restore::check_capabilities(manifest));
  manifest.capabilities = "8000000000000000";
  auto checked = restore::check_capabilities(manifest);
  REQUIRE(!checked);
  CHECK(checked.error().code == ErrorCode::Capability);
  CHECK(checked.error().message.ends_with(": 63"));
}
