// A small image in a directory that goes with it; some of its files have holes, one is empty.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "encryption/sealed_header.h"
#include "encryption/sealed_image.h"
#include "image/files.h"
#include "image/manifest.h"
#include "image/seal.h"
#include "os/unique_fd.h"

namespace tubthump::encryption {

namespace fs = std::filesystem;

inline std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_all(const fs::path& path, const std::string& bytes) {
  fs::permissions(path, fs::perms::owner_all);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline Key key_of(char digit) {
  auto key = Key::parse(std::string(64, digit), "test");
  return std::move(*key);
}

struct ImageFixture {
  fs::path root, plain, sealed, opened;

  explicit ImageFixture(const std::string& id = "one") {
    std::string name = fs::temp_directory_path() / "tubthump-encrypted-XXXXXX";
    root = ::mkdtemp(name.data());
    plain = root / "plain";
    sealed = root / "sealed";
    opened = root / "opened";
    for (const fs::path& directory : {plain, sealed, opened}) fs::create_directory(directory);
    put("core-1.img", "registers of " + id);
    put("empty.img", "");
    std::string pages(3 * kChunkSize + 77, '\0');
    for (size_t i = 0; i < pages.size(); i++) pages[i] = static_cast<char>(i * 7 + i / 251);
    put("pages-1.img", pages);
    const std::string heap = plain / "heap.img";
    const UniqueFd file(::open(heap.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    for (off_t at : {off_t{0}, off_t{1} << 20, off_t{8} << 20})
      (void)!::pwrite(file.get(), pages.data(), 300'000, at);
    (void)!::ftruncate(file.get(), 16 << 20);
    image::Manifest facts;
    facts.pid = 1;
    facts.tasks = {1};
    facts.channel_inode = 5;
    facts.engine = "map";
    UniqueFd directory = open_directory(plain);
    facts.files = *image::list_files(directory.get());
    (void)image::seal(directory.get(), facts.files);
    const std::string draft = R"({"id": ")" + id + R"(", "generation": 0, "createdAt": 7,
      "labels": {"a": "b"}, "service": {"argv": ["--password=hunter2"]}})";
    put("manifest.json", *image::complete_manifest(draft, facts));
  }
  ImageFixture(const ImageFixture&) = delete;
  ImageFixture& operator=(const ImageFixture&) = delete;
  ~ImageFixture() { fs::remove_all(root); }

  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(plain / name, std::ios::binary) << bytes;
  }

  static UniqueFd open_directory(const fs::path& path) {
    return UniqueFd(::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }

  [[nodiscard]] Result<void> seal(const Key& key) const {
    const UniqueFd from = open_directory(plain), to = open_directory(sealed);
    return seal_image(from.get(), key, to.get());
  }

  [[nodiscard]] Result<void> open(const Key& key) const {
    fs::remove_all(opened);
    fs::create_directory(opened);
    return open_image_into(open_directory(sealed).get(), sealed, key, open_directory(opened).get());
  }
};

}  // namespace tubthump::encryption
