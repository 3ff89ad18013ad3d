// Packs that are not as they were made.
#include "images.h"
#include "pack/codec.h"
#include "pack/format.h"

using namespace tubthump;
using namespace tubthump::pack;

namespace {

struct Packed {
  Images images;
  fs::path file = images.root / "pack", copy = images.root / "copy";
  std::string bytes;

  Packed() {
    REQUIRE(pack_to(images.make("shop"), file));
    bytes = text_of(file);
  }

  /// The error of unpacking `changed`; nothing but image and pack is there afterwards.
  Error refusal(const std::string& changed) {
    write(file, changed);
    auto unpacked = unpack_to(file, copy);
    REQUIRE(!unpacked);
    CHECK(images.entries() == 2);
    return unpacked.error();
  }

  [[nodiscard]] Header header() const { return *decode_header(bytes, bytes.size()); }

  /// A whole pack with another index.
  std::string with(const Index& index) const {
    const std::string text = encode_index(index);
    Header changed = header();
    changed.index_size = text.size();
    changed.index = digest_of(as_bytes(text));
    return encode_header(changed) + bytes.substr(kHeaderSize, changed.index_offset - kHeaderSize) +
           text;
  }

  [[nodiscard]] Index index() const {
    const Header at = header();
    return *decode_index(std::string_view(bytes).substr(at.index_offset),
                         at.index_offset - kHeaderSize);
  }
};

}  // namespace

TEST_CASE("a pack that is cut short anywhere is refused") {
  Packed pack;
  const size_t index = pack.header().index_offset;
  for (const size_t size :
       {size_t{0}, size_t{1}, size_t{7}, size_t{8}, size_t{12}, kHeaderSize - 1, kHeaderSize,
        kHeaderSize + 1, index / 2, index - 1, index, index + 1, pack.bytes.size() - 1}) {
    const Error error = pack.refusal(pack.bytes.substr(0, size));
    CHECK_MESSAGE(error.code == ErrorCode::PackInvalid, size);
  }
  CHECK(pack.refusal(pack.bytes + "x").code == ErrorCode::PackInvalid);
}

TEST_CASE("a pack with a bit flipped anywhere is refused") {
  Packed pack;
  const size_t index = pack.header().index_offset;
  std::mt19937 random(1);
  std::vector<size_t> places;
  for (size_t at = 0; at < kHeaderSize; at += 3) places.push_back(at);
  for (int i = 0; i < 20; i++) places.push_back(kHeaderSize + random() % (index - kHeaderSize));
  for (int i = 0; i < 20; i++) places.push_back(index + random() % (pack.bytes.size() - index));
  for (const size_t at : places) {
    std::string changed = pack.bytes;
    changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
    const Error error = pack.refusal(changed);
    CHECK_MESSAGE(error.code == ErrorCode::PackInvalid, at);
  }
}

TEST_CASE("a file that is no pack, and one of another version, are told apart") {
  Packed pack;
  CHECK(pack.refusal("PK\x03\x04 something else, and longer than any header of a pack would be: "
                     "no pack, whatever it says of itself.")
            .message == "the file is no pack");
  std::string newer = pack.bytes;
  newer[8] = 2;
  CHECK(pack.refusal(newer).message == "the pack has version 2, this tubthump reads version 1");
}

TEST_CASE("an index that somebody made up is not believed") {
  Packed pack;
  Index index = pack.index();
  std::string expected = "the pack is damaged";
  SUBCASE("a path") { index.files[0].name = "../../etc/cron.d/x"; }
  SUBCASE("an absolute path") { index.files[0].name = "/etc/x"; }
  SUBCASE("the directory above") { index.files[0].name = ".."; }
  SUBCASE("no name") { index.files[0].name = ""; }
  SUBCASE("a name with a zero byte") { index.files[0].name = std::string("a\0b", 3); }
  SUBCASE("too long a name") { index.files[0].name = std::string(256, 'a'); }
  SUBCASE("a name twice") { index.files[1].name = index.files[0].name; }
  SUBCASE("another order") { std::swap(index.files[0], index.files[1]); }
  SUBCASE("a huge file") { index.files[0].size = UINT64_MAX; }
  SUBCASE("a smaller file") { index.files[1].size = 4096; }
  SUBCASE("a chunk out of place") { index.files[1].chunks[0].number = UINT32_MAX; }
  SUBCASE("a chunk twice") { index.files[1].chunks[1].number = index.files[1].chunks[0].number; }
  SUBCASE("a huge frame") { index.files[1].chunks[0].frame = UINT32_MAX; }
  SUBCASE("a frame of another size") { index.files[1].chunks[0].frame--; }
  SUBCASE("more pages") { index.files[1].chunks[0].runs[0].pages++; }
  SUBCASE("no pages") { index.files[1].chunks[0].runs.clear(); }
  SUBCASE("pages of a base that it has not") {
    index.files[1].chunks[0].runs[0] = {Kind::Base, 256, 0, 0};
    index.files[1].chunks[0].frame = 0;
  }
  SUBCASE("pages outside its base") {
    index.base = Base{"x", {}, {{"a", 1 << 20}}};
    index.files[1].chunks[0].runs[0] = {Kind::Base, 256, 0, 1};
  }
  SUBCASE("a base with a path") { index.base = Base{"x", {}, {{"../a", 1 << 20}}}; }
  SUBCASE("no manifest") {
    std::erase_if(index.files, [](const auto& file) { return file.name == "manifest.json"; });
    expected = "the pack holds no image";
  }
  const Error error = pack.refusal(pack.with(index));
  CHECK(error.code == ErrorCode::PackInvalid);
  CHECK_MESSAGE(error.message.starts_with(expected), error.message);
}

TEST_CASE("counts that nothing stands behind take neither memory nor time") {
  Packed pack;
  Writer text;
  text.number(uint8_t{0});
  text.number(UINT32_MAX);
  Header header = pack.header();
  header.index_size = text.bytes().size();
  header.index = digest_of(as_bytes(text.bytes()));
  const std::string frames = pack.bytes.substr(kHeaderSize, header.index_offset - kHeaderSize);
  CHECK(pack.refusal(encode_header(header) + frames + std::string(text.bytes())).code ==
        ErrorCode::PackInvalid);
}

TEST_CASE("frames that say something else than their index are found out") {
  Packed pack;
  Index index = pack.index();
  SUBCASE("another digest") { index.files[1].chunks[0].digest[5] ^= 1; }
  SUBCASE("stored pages that are not as many") {
    index.files[1].chunks[0].runs = {{.kind = Kind::Stored, .pages = 100},
                                     {.kind = Kind::Zero, .pages = 156}};
  }
  CHECK(pack.refusal(pack.with(index)).code == ErrorCode::PackInvalid);
}

TEST_CASE("the wrong base is told from a damaged one") {
  Packed pack;
  const fs::path base = pack.images.make("base"), other = pack.images.make("other");
  const fs::path against = pack.images.root / "against";
  REQUIRE(pack_to(pack.images.root / "shop", against, base));
  const size_t entries = pack.images.entries();
  const auto refusal = [&](const fs::path& given) {
    auto unpacked = unpack_to(against, pack.copy, given);
    REQUIRE(!unpacked);
    CHECK(pack.images.entries() == entries);
    return unpacked.error();
  };
  CHECK(refusal({}).code == ErrorCode::PackBase);
  CHECK(refusal(other).code == ErrorCode::PackBase);
  CHECK(refusal(other).message.find("image-base") != std::string::npos);
  CHECK(refusal(pack.images.root / "nothing").code == ErrorCode::ImageMissing);
  std::string heap = text_of(base / "heap.img");
  heap[5000] = static_cast<char>(heap[5000] ^ 1);
  write(base / "heap.img", heap);
  CHECK(refusal(base).code == ErrorCode::PackInvalid);
  CHECK(refusal(base).message.find("or its base") != std::string::npos);
  write(base / "heap.img", heap.substr(0, 4096));
  CHECK(refusal(base).code == ErrorCode::PackBase);
}

TEST_CASE("a pack that others can have written, and what is no file, are refused") {
  Packed pack;
  fs::permissions(pack.file, fs::perms::all);
  auto unpacked = unpack_to(pack.file, pack.copy);
  REQUIRE(!unpacked);
  CHECK(unpacked.error().code == ErrorCode::ImageUntrusted);
  const fs::path fifo = pack.images.root / "fifo";
  ::mkfifo(fifo.c_str(), 0600);
  CHECK(unpack_to(fifo, pack.copy).error().code == ErrorCode::PackInvalid);
  CHECK(unpack_to(pack.images.root / "nothing", pack.copy).error().code == ErrorCode::ImageMissing);
}
