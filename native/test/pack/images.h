// Small images to pack, in a directory of their own.
#pragma once

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "os/unique_fd.h"
#include "pack/pack.h"
#include "pack/unpack.h"

namespace fs = std::filesystem;

inline std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// Bytes that zstd cannot make smaller, the same for a seed.
inline std::string noise(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

struct Images {
  fs::path root;

  Images() {
    std::string name = fs::temp_directory_path() / "tubthump-pack-XXXXXX";
    root = ::mkdtemp(name.data());
  }
  ~Images() { fs::remove_all(root); }

  /// A file of every kind: empty, small, of several chunks with a hole inside and a part of a page
  /// at its end, and one that is nothing but hole.
  [[nodiscard]] fs::path make(const std::string& name, unsigned seed = 1) const {
    const fs::path image = root / name;
    fs::create_directory(image);
    fs::permissions(image, fs::perms::owner_all);
    write(image / "manifest.json",
          R"({"format":2,"generation":0,"createdAt":1,"pid":7,"tasks":[7],"shellJob":false,)"
          R"("channel":{"inode":9},"files":[{"name":"heap.img","size":1}],"id":"image-)" +
              name + "\"}");
    write(image / "empty.img", "");
    write(image / "small.img", "a few bytes");
    {
      std::ofstream heap(image / "heap.img", std::ios::binary);
      heap << noise(1 << 20, seed) << std::string(8192, '\0') << noise(300'000, seed + 1);
      heap.seekp(5 << 20);
      heap << std::string(100'000, 'x') << "end";
    }
    write(image / "hole.img", "");
    fs::resize_file(image / "hole.img", 3 << 20);
    return image;
  }

  [[nodiscard]] size_t entries() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(root), fs::directory_iterator()));
  }
};

inline void check_same(const fs::path& one, const fs::path& other) {
  for (const auto& entry : fs::directory_iterator(one)) {
    const fs::path name = entry.path().filename();
    CHECK_MESSAGE(text_of(one / name) == text_of(other / name), name.string());
  }
  CHECK(std::distance(fs::directory_iterator(one), fs::directory_iterator()) ==
        std::distance(fs::directory_iterator(other), fs::directory_iterator()));
}

inline tubthump::Result<tubthump::pack::Figures> pack_to(const fs::path& image,
                                                         const fs::path& file,
                                                         const fs::path& base = {},
                                                         unsigned jobs = 3) {
  tubthump::pack::Progress progress;
  return tubthump::pack::pack(
      {.directory = image, .file = file, .base = base, .level = 3, .jobs = jobs}, progress);
}

inline tubthump::Result<tubthump::pack::Figures> unpack_to(const fs::path& file,
                                                           const fs::path& image,
                                                           const fs::path& base = {}) {
  tubthump::pack::Progress progress;
  return tubthump::pack::unpack({.file = file, .directory = image, .base = base, .jobs = 3},
                                progress);
}
