#include "signature/check.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "image/ownership.h"
#include "os/unique_fd.h"
#include "signer.h"

using namespace tubthump;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// A signed image of two files, and a key.
struct SignedImage {
  fs::path root, image;
  signature::PublicKey key = Signer().key;
  const std::string large = std::string(5 << 20, 'x');

  SignedImage() {
    std::string name = fs::temp_directory_path() / "tubthump-signed-XXXXXX";
    root = ::mkdtemp(name.data());
    image = root / "image";
    fs::create_directory(image);
    const Signer signer;
    write(image / "small", "small");
    write(image / "large", large);
    write(image / "dump.log", "never signed");
    write(image / "signature",
          signer.sign("image 1\n" + Signer::line("small", "small") + Signer::line("large", large)));
  }
  ~SignedImage() { fs::remove_all(root); }

  [[nodiscard]] std::string outcome() const {
    const UniqueFd directory(::open(image.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
    auto checked = signature::check_signature(directory.get(), key);
    if (checked) return "good";
    CHECK(checked.error().code == ErrorCode::ImageUntrusted);
    return checked.error().message;
  }
};

}  // namespace

TEST_CASE("an image is good when every file is as it was signed") {
  CHECK(SignedImage().outcome() == "good");
}

TEST_CASE("an image that is not as it was signed is refused, with the file's name") {
  SignedImage it;
  SUBCASE("one byte differs") {
    std::string changed = it.large;
    changed.back() = 'y';
    write(it.image / "large", changed);
    CHECK(it.outcome() == "the file large is not what was signed");
  }
  SUBCASE("a file is longer") {
    write(it.image / "small", "small and more");
    CHECK(it.outcome() == "the file small has another size than was signed");
  }
  SUBCASE("a file is missing") {
    fs::remove(it.image / "small");
    CHECK(it.outcome() == "the signed file small is missing");
  }
  SUBCASE("a file is a link to one with the same bytes") {
    fs::rename(it.image / "small", it.root / "small");
    fs::create_symlink(it.root / "small", it.image / "small");
    CHECK(it.outcome() == "the signed file small is missing");
  }
  SUBCASE("a file is a FIFO") {
    fs::remove(it.image / "small");
    REQUIRE(::mkfifo((it.image / "small").c_str(), 0600) == 0);
    CHECK(it.outcome() == "the signed file small is missing");
  }
  SUBCASE("there is one more") {
    write(it.image / "ghost-file-1.img", "");
    CHECK(it.outcome() == "the file ghost-file-1.img is not among those that were signed");
  }
  SUBCASE("it is not signed at all") {
    fs::remove(it.image / "signature");
    CHECK(it.outcome() == "the image is not signed");
  }
  SUBCASE("somebody else signed it") {
    it.key = Signer(2).key;
    CHECK(it.outcome() == "the image was not signed with the key that is required");
  }
}

TEST_CASE("what others can have written is refused") {
  struct stat info {};
  info.st_uid = 0;
  info.st_mode = S_IFREG | 0644;
  CHECK(image::check_ownership(info, "x"));
  for (mode_t mode : {0664, 0646, 0622}) {
    info.st_mode = S_IFREG | mode;
    CHECK(image::check_ownership(info, "x").error().code == ErrorCode::ImageUntrusted);
  }
  info.st_mode = S_IFREG | 0400;
  info.st_uid = 4'000'000;
  CHECK(image::check_ownership(info, "the file").error().message.starts_with("the file belongs"));
}
