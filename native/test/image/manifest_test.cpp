#include "image/manifest.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace tubthump;
using namespace tubthump::image;

namespace {

Manifest example() {
  Manifest manifest;
  manifest.pid = 10'007;
  manifest.tasks = {10'007, 10'008};
  manifest.channel_inode = 4711;
  manifest.shell_job = true;
  manifest.files = {{.name = "core-10007.img", .size = 123, .stored = 123},
                    {.name = "pages-1.img", .size = 8192, .stored = 4096}};
  manifest.requires_files = {{"/usr/bin/node", 99}};
  return manifest;
}

constexpr const char* kDraft =
    R"({"id":"some-id","createdAt":1700000000123,"generation":3,"labels":{}})";

}  // namespace

TEST_CASE("what complete_manifest writes, parse_manifest reads") {
  auto text = complete_manifest(kDraft, example());
  REQUIRE(text);
  auto read = parse_manifest(*text);
  REQUIRE(read);
  CHECK(read->id == "some-id");
  CHECK(read->created_ms == 1700000000123);
  CHECK(read->generation == 3);
  CHECK(read->pid == 10'007);
  CHECK(read->tasks == std::vector<pid_t>{10'007, 10'008});
  CHECK(read->channel_inode == 4711);
  CHECK(read->shell_job);
  REQUIRE(read->files.size() == 2);
  CHECK(read->files[1].name == "pages-1.img");
  CHECK(read->files[1].size == 8192);
  REQUIRE(read->requires_files.size() == 1);
  CHECK(read->requires_files[0].path == "/usr/bin/node");
  CHECK(nlohmann::json::parse(*text)["bytes"] == 4219);
}

TEST_CASE("which CRIU wrote an image stands beside the versions that the library knows") {
  Manifest facts = example();
  facts.criu = "4.2.1";
  auto text = complete_manifest(
      R"({"id":"some-id","createdAt":1,"generation":0,"versions":{"node":"20"}})", facts);
  REQUIRE(text);
  CHECK(nlohmann::json::parse(*text)["versions"] ==
        nlohmann::json{{"node", "20"}, {"criu", "4.2.1"}});
  CHECK(parse_manifest(*text)->criu == "4.2.1");
  // Older images do not say.
  CHECK(parse_manifest(*complete_manifest(kDraft, example()))->criu.empty());
}

TEST_CASE("every missing field is named") {
  auto text = complete_manifest(kDraft, example());
  REQUIRE(text);
  for (const char* field : {"id", "createdAt", "generation", "pid", "tasks", "channel", "shellJob",
                            "files", "format"}) {
    auto root = nlohmann::json::parse(*text);
    root.erase(field);
    auto read = parse_manifest(root.dump());
    REQUIRE_MESSAGE(!read, field);
    CHECK(read.error().code == ErrorCode::ImageInvalid);
    CHECK_MESSAGE(read.error().message.find(field) != std::string::npos, read.error().message);
  }
}

TEST_CASE("a manifest cut anywhere is invalid, never half read") {
  auto text = complete_manifest(kDraft, example());
  REQUIRE(text);
  for (size_t length = 0; length + 2 < text->size(); length++)
    CHECK(!parse_manifest(std::string_view(*text).substr(0, length)));
}

TEST_CASE("another format version is a mismatch") {
  auto root = nlohmann::json::parse(*complete_manifest(kDraft, example()));
  root["format"] = 999;
  auto read = parse_manifest(root.dump());
  REQUIRE(!read);
  CHECK(read.error().code == ErrorCode::ImageMismatch);
}

TEST_CASE("file names that leave the image are refused") {
  for (const char* name : {"../secret", "/etc/passwd", "..", "", "a/b"}) {
    auto root = nlohmann::json::parse(*complete_manifest(kDraft, example()));
    root["files"][0]["name"] = name;
    CHECK_MESSAGE(!parse_manifest(root.dump()), name);
  }
}
