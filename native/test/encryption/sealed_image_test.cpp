#include "encryption/sealed_image.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "encryption/sealed_manifest.h"
#include "image_fixture.h"

using namespace tubthump;
using namespace tubthump::encryption;

namespace {

constexpr const char* kFiles[] = {"core-1.img", "empty.img", "heap.img", "manifest.json",
                                  "pages-1.img"};

uint64_t blocks_of(const fs::path& path) {
  struct stat info {};
  ::stat(path.c_str(), &info);
  return static_cast<uint64_t>(info.st_blocks);
}

/// Of an image that was changed after it was sealed.
Error refusal(const ImageFixture& it) {
  auto opened = it.open(key_of('1'));
  REQUIRE_FALSE(opened);
  return opened.error();
}

}  // namespace

TEST_CASE("an image comes back byte for byte, with its holes") {
  const ImageFixture it;
  REQUIRE(it.seal(key_of('1')));
  REQUIRE(it.open(key_of('1')));
  for (const char* file : kFiles) {
    CAPTURE(file);
    CHECK(read_all(it.opened / file) == read_all(it.plain / file));
    // Another time would have a restore read it once more.
    if (file != std::string("manifest.json"))
      CHECK(fs::last_write_time(it.opened / file) == fs::last_write_time(it.plain / file));
  }
  CHECK(fs::file_size(it.opened / "heap.img") == 16 << 20);
  CHECK(blocks_of(it.opened / "heap.img") * 512 < 2 << 20);
  CHECK(fs::file_size(it.sealed / "heap.img") < 2 << 20);
}

TEST_CASE("no byte of it can be read without the key") {
  const ImageFixture it;
  REQUIRE(it.seal(key_of('1')));
  for (const auto& entry : fs::directory_iterator(it.sealed)) {
    const std::string bytes = read_all(entry.path());
    CHECK(bytes.find("hunter2") == std::string::npos);
    CHECK(bytes.find("registers of") == std::string::npos);
  }
  CHECK(read_all(it.plain / "manifest.json").find("hunter2") != std::string::npos);
  // What tools need to list it stays.
  const std::string open = read_all(it.sealed / "manifest.json");
  CHECK(open.find(R"("id": "one")") != std::string::npos);
  CHECK(open.find(R"("a": "b")") != std::string::npos);
}

TEST_CASE("the same image sealed twice has nothing in common but its manifest") {
  const ImageFixture it;
  REQUIRE(it.seal(key_of('1')));
  const std::string before = read_all(it.sealed / "pages-1.img");
  fs::remove_all(it.sealed);
  fs::create_directory(it.sealed);
  REQUIRE(it.seal(key_of('1')));
  const std::string after = read_all(it.sealed / "pages-1.img");
  REQUIRE(after.size() == before.size());
  CHECK(after.substr(kHeaderSize, 64) != before.substr(kHeaderSize, 64));
}

TEST_CASE("another key is named as such") {
  const ImageFixture it;
  REQUIRE(it.seal(key_of('1')));
  auto opened = it.open(key_of('2'));
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::Key);
  CHECK(opened.error().message.find(hex(key_of('1').id())) != std::string::npos);
}

TEST_CASE("a file that is not as it was sealed is refused") {
  const ImageFixture it;
  REQUIRE(it.seal(key_of('1')));
  const fs::path pages = it.sealed / "pages-1.img";
  const std::string good = read_all(pages);
  constexpr size_t kStep = kChunkSize + kTagSize;
  std::string bad = good;
  SUBCASE("any byte of header, cipher text or tag flipped") {
    for (size_t at : {size_t{0}, size_t{17}, size_t{50}, size_t{75}, size_t{90}, kHeaderSize,
                      kHeaderSize + kChunkSize + 3, kHeaderSize + kStep + 1000, good.size() - 1}) {
      CAPTURE(at);
      bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 1);
      write_all(pages, bad);
      const ErrorCode code = refusal(it).code;
      CHECK((code == ErrorCode::ImageInvalid || code == ErrorCode::ImageMismatch));
    }
    return;
  }
  SUBCASE("cut short within a chunk") { bad.resize(bad.size() - 5); }
  SUBCASE("cut short by a chunk") { bad.resize(kHeaderSize + 3 * kStep); }
  SUBCASE("cut short to nothing") { bad.clear(); }
  SUBCASE("longer") { bad += "more"; }
  SUBCASE("cut short by a chunk, with a header that says so") {
    bad.resize(kHeaderSize + 3 * kStep);
    auto header = decode_header({reinterpret_cast<const uint8_t*>(good.data()), good.size()},
                                good.size(), "pages-1.img");
    REQUIRE(header);
    header->size = 3 * kChunkSize;
    const HeaderBytes bytes = encode_header(*header);
    bad.replace(0, bytes.size(), reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  SUBCASE("two chunks change places") {
    bad = good.substr(0, kHeaderSize) + good.substr(kHeaderSize + kStep, kStep) +
          good.substr(kHeaderSize, kStep) + good.substr(kHeaderSize + 2 * kStep);
  }
  SUBCASE("a chunk twice") {
    bad = good.substr(0, kHeaderSize + kStep) + good.substr(kHeaderSize, kStep) +
          good.substr(kHeaderSize + 2 * kStep);
  }
  SUBCASE("the file of another name") { bad = read_all(it.sealed / "core-1.img"); }
  SUBCASE("no sealed file at all") { bad = read_all(it.plain / "pages-1.img"); }
  write_all(pages, bad);
  const Error error = refusal(it);
  CHECK(error.code == ErrorCode::ImageInvalid);
  CHECK(error.message.find("pages-1.img") != std::string::npos);
}

TEST_CASE("an image that is put together from others is refused") {
  const ImageFixture it;
  const ImageFixture other("two");
  REQUIRE(it.seal(key_of('1')));
  REQUIRE(other.seal(key_of('1')));
  SUBCASE("a file of another image with the same key") {
    write_all(it.sealed / "core-1.img", read_all(other.sealed / "core-1.img"));
    CHECK(refusal(it).message == "image file core-1.img is of another image");
  }
  SUBCASE("the sealed manifest of another one") {
    write_all(it.sealed / kSealedManifest, read_all(other.sealed / kSealedManifest));
    CHECK(refusal(it).code == ErrorCode::ImageInvalid);
  }
  SUBCASE("a public manifest that was edited") {
    std::string text = read_all(it.sealed / "manifest.json");
    write_all(it.sealed / "manifest.json", text.replace(text.find(R"("b")"), 3, R"("c")"));
    CHECK(refusal(it).message.find("or manifest.json is not") != std::string::npos);
  }
  SUBCASE("a file taken away") {
    fs::remove(it.sealed / "empty.img");
    CHECK(refusal(it).code == ErrorCode::ImageInvalid);
  }
  SUBCASE("a link to a file") {
    fs::rename(it.sealed / "core-1.img", it.root / "away");
    fs::create_symlink(it.root / "away", it.sealed / "core-1.img");
    CHECK(refusal(it).code == ErrorCode::ImageInvalid);
  }
  SUBCASE("a FIFO instead of a file") {
    fs::remove(it.sealed / "core-1.img");
    ::mkfifo((it.sealed / "core-1.img").c_str(), 0600);
    CHECK(refusal(it).code == ErrorCode::ImageInvalid);
  }
  SUBCASE("a file that others can write") {
    fs::permissions(it.sealed / "core-1.img", fs::perms(0606));
    CHECK(refusal(it).code == ErrorCode::ImageUntrusted);
  }
}

TEST_CASE("a file more does not get among the decrypted ones") {
  const ImageFixture it;
  REQUIRE(it.seal(key_of('1')));
  std::ofstream(it.sealed / "remap-fpath.img") << "mine";
  REQUIRE(it.open(key_of('1')));
  CHECK_FALSE(fs::exists(it.opened / "remap-fpath.img"));
}

TEST_CASE(
    "an image that is not encrypted is refused when a key is given, and the other way round") {
  const ImageFixture it;
  auto opened = open_image_into(ImageFixture::open_directory(it.plain).get(), it.plain, key_of('1'),
                                ImageFixture::open_directory(it.opened).get());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::ImageUntrusted);
  REQUIRE(it.seal(key_of('1')));
  auto parsed = image::parse_manifest(read_all(it.sealed / "manifest.json"));
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::Key);
}

TEST_CASE("the plain side is memory that is mounted nowhere, and goes") {
  const ImageFixture it;
  REQUIRE(it.seal(key_of('1')));
  const std::string mounts = read_all("/proc/self/mountinfo");
  UniqueFd file;
  {
    auto side = open_sealed(ImageFixture::open_directory(it.sealed).get(), it.sealed, key_of('1'));
    REQUIRE(side);
    CHECK(read_all("/proc/self/mountinfo") == mounts);
    const std::string path = "/proc/self/fd/" + std::to_string(side->directory());
    CHECK(read_all(path + "/heap.img") == read_all(it.plain / "heap.img"));
    struct stat info {};
    ::fstat(side->directory(), &info);
    CHECK((info.st_mode & 0777) == 0700);
    file.reset(::openat(side->directory(), "core-1.img", O_RDONLY | O_CLOEXEC));
  }
  struct stat info {};
  REQUIRE(::fstat(file.get(), &info) == 0);
  CHECK(info.st_nlink == 0);
}

TEST_CASE("more than the memory there is does not get a plain side") {
  auto side = PlainSide::create(uint64_t{1} << 50);
  REQUIRE_FALSE(side);
  CHECK(side.error().code == ErrorCode::NoMemory);
}
