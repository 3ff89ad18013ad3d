#include "image/staging.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace tubthump;
using tubthump::image::Staging;
namespace fs = std::filesystem;

namespace {

struct Sandbox {
  fs::path root;
  Sandbox() {
    std::string name = fs::temp_directory_path() / "tubthump-staging-XXXXXX";
    root = ::mkdtemp(name.data());
  }
  ~Sandbox() { fs::remove_all(root); }

  size_t entries() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(root), fs::directory_iterator()));
  }
};

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("an image appears by one rename, read-only and private") {
  Sandbox sandbox;
  const fs::path target = sandbox.root / "shop";
  auto staging = Staging::create(target);
  REQUIRE(staging);
  CHECK(!fs::exists(target));
  REQUIRE(staging->write("manifest.json", "{}"));
  REQUIRE(staging->publish());
  staging->finish();
  CHECK(text_of(target / "manifest.json") == "{}");
  struct stat info;
  ::stat(target.c_str(), &info);
  CHECK((info.st_mode & 0777) == 0700);
  ::stat((target / "manifest.json").c_str(), &info);
  CHECK((info.st_mode & 0777) == 0400);
  CHECK(sandbox.entries() == 1);
}

TEST_CASE("nothing is left of an image that was not published") {
  Sandbox sandbox;
  {
    auto staging = Staging::create(sandbox.root / "shop");
    REQUIRE(staging);
    REQUIRE(staging->write("pages-1.img", "half"));
  }
  CHECK(sandbox.entries() == 0);
}

TEST_CASE("the disk may start on an image that goes on, is published, moved or given up") {
  Sandbox sandbox;
  const std::string pages(8 << 20, 'p');
  for (const bool is_published : {false, true}) {
    auto created = Staging::create(sandbox.root / "shop");
    REQUIRE(created);
    REQUIRE(created->write("pages-1.img", pages));
    created->start_writing();
    Staging staging = std::move(*created);
    REQUIRE(staging.write("manifest.json", "{}"));
    if (!is_published) continue;
    REQUIRE(staging.publish());
    staging.finish();
  }
  CHECK(sandbox.entries() == 1);
  CHECK(text_of(sandbox.root / "shop" / "pages-1.img") == pages);
}

TEST_CASE("a published image that is not finished is withdrawn and the old one is back") {
  Sandbox sandbox;
  const fs::path target = sandbox.root / "shop";
  fs::create_directory(target);
  std::ofstream(target / "manifest.json") << "old";
  {
    auto staging = Staging::create(target);
    REQUIRE(staging);
    REQUIRE(staging->write("manifest.json", "new"));
    REQUIRE(staging->publish());
    CHECK(text_of(target / "manifest.json") == "new");
  }
  CHECK(text_of(target / "manifest.json") == "old");
  CHECK(sandbox.entries() == 1);
}

TEST_CASE("an image replaces an image") {
  Sandbox sandbox;
  const fs::path target = sandbox.root / "shop";
  fs::create_directory(target);
  std::ofstream(target / "manifest.json") << "old";
  auto staging = Staging::create(target);
  REQUIRE(staging);
  REQUIRE(staging->write("manifest.json", "new"));
  REQUIRE(staging->publish());
  staging->finish();
  CHECK(text_of(target / "manifest.json") == "new");
  CHECK(sandbox.entries() == 1);
}

TEST_CASE("a directory with other things in it is never replaced") {
  Sandbox sandbox;
  const fs::path target = sandbox.root / "home";
  fs::create_directory(target);
  std::ofstream(target / "thesis.txt") << "years of work";
  auto staging = Staging::create(target);
  REQUIRE(!staging);
  CHECK(staging.error().code == ErrorCode::ImagePublish);
  CHECK(text_of(target / "thesis.txt") == "years of work");
}

TEST_CASE("a file, a relative path and a missing parent are refused") {
  Sandbox sandbox;
  std::ofstream(sandbox.root / "file") << "x";
  for (const std::string& target :
       {std::string(sandbox.root / "file"), std::string("relative"), std::string("/"),
        std::string(sandbox.root / "missing" / "shop")}) {
    auto staging = Staging::create(target);
    REQUIRE_MESSAGE(!staging, target);
    CHECK(staging.error().code == ErrorCode::ImagePublish);
  }
}
