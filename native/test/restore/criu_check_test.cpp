#include "restore/criu_check.h"

#include <doctest/doctest.h>

using namespace tubthump;

namespace {

Result<void> check(const std::string& writer, rpc::Version reader) {
  image::Manifest manifest;
  manifest.criu = writer;
  return restore::check_criu(manifest, reader);
}

}  // namespace

TEST_CASE("the same CRIU, a newer one and one with other fixes read an image") {
  CHECK(check("4.2", {4, 2, 0}));
  CHECK(check("4.2.1", {4, 2, 0}));
  CHECK(check("4.2", {4, 2, 1}));
  CHECK(check("4.2.1", {4, 3, 0}));
  CHECK(check("4.9", {5, 0, 0}));
}

TEST_CASE("an image that does not say who wrote it is taken") { CHECK(check("", {4, 2, 0})); }

TEST_CASE("an older CRIU does not read the image of a newer one") {
  for (const char* writer : {"4.3", "4.10", "5.0", "5.0.3"}) {
    auto checked = check(writer, {4, 2, 1});
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == ErrorCode::ImageMismatch);
    CHECK(checked.error().message == std::string("the image was made by CRIU ") + writer +
                                         ", and this is 4.2.1: CRIU reads images of the same or "
                                         "an older version");
  }
}

TEST_CASE("a version that is none is refused") {
  for (const char* writer : {"4", "four", "4.2-rc1", "4.2.1.1", "-4.2", "4..2", "4.2."}) {
    auto checked = check(writer, {4, 2, 1});
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == ErrorCode::ImageMismatch);
  }
}

TEST_CASE("a CRIU before 4.2 is refused whatever the image says") {
  auto checked = check("", {4, 1, 1});
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == ErrorCode::CriuNotFound);
  CHECK(checked.error().message == "this CRIU is version 4.1.1, 4.2 is needed");
}

TEST_CASE("versions as text and back") {
  CHECK(rpc::to_text({4, 2, 0}) == "4.2");
  CHECK(rpc::to_text({4, 2, 1}) == "4.2.1");
  CHECK(rpc::parse_version("4.2") == rpc::Version{4, 2, 0});
  CHECK(rpc::parse_version("14.20.31") == rpc::Version{14, 20, 31});
}
