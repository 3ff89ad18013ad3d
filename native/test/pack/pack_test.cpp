#include "pack/pack.h"

#include "images.h"

using namespace tubthump;

TEST_CASE("an image comes out of its pack as it went in, private and with its holes") {
  Images images;
  const fs::path image = images.make("shop"), file = images.root / "shop.pack";
  auto packed = pack_to(image, file);
  REQUIRE_MESSAGE(packed, packed.error().message);
  CHECK(packed->files == 5);
  CHECK(packed->packed == fs::file_size(file));
  CHECK(packed->data < (3 << 20) / 2);

  const fs::path copy = images.root / "copy";
  auto unpacked = unpack_to(file, copy);
  REQUIRE_MESSAGE(unpacked, unpacked.error().message);
  check_same(image, copy);
  CHECK(unpacked->data == packed->data);
  CHECK(unpacked->size == packed->size);
  struct stat info;
  ::stat(copy.c_str(), &info);
  CHECK((info.st_mode & 0777) == 0700);
  ::stat((copy / "heap.img").c_str(), &info);
  CHECK((info.st_mode & 0777) == 0400);
  CHECK(info.st_blocks * 512 < 2 << 20);
  ::stat((copy / "hole.img").c_str(), &info);
  CHECK(info.st_blocks == 0);
  CHECK(images.entries() == 3);
}

TEST_CASE("the same content gives the same bytes, whoever packs it with how many threads") {
  Images images;
  const fs::path image = images.make("shop"), first = images.root / "first";
  REQUIRE(pack_to(image, first));
  const fs::path other = images.root / "other";
  fs::create_directory(other);
  // In another order, at another time, without holes.
  for (const char* name : {"small.img", "manifest.json", "hole.img", "heap.img", "empty.img"})
    write(other / name, text_of(image / name));
  for (const unsigned jobs : {1U, 2U, 7U}) {
    const fs::path file = images.root / std::to_string(jobs);
    REQUIRE(pack_to(other, file, {}, jobs));
    CHECK(text_of(file) == text_of(first));
  }
  REQUIRE(unpack_to(first, images.root / "copy"));
  REQUIRE(pack_to(images.root / "copy", images.root / "again"));
  CHECK(text_of(images.root / "again") == text_of(first));
}

TEST_CASE("pages that are in the base are not stored again, wherever they are there") {
  Images images;
  const fs::path base = images.make("base"), image = images.make("shop");
  // Moved by some pages, with one page of its own in between.
  const std::string heap = text_of(base / "heap.img");
  write(image / "heap.img",
        heap.substr(8192, 400 << 10) + noise(4096, 99) + heap.substr(0, 1 << 19));
  const fs::path alone = images.root / "alone", against = images.root / "against";
  REQUIRE(pack_to(image, alone));
  auto figures = pack_to(image, against, base);
  REQUIRE_MESSAGE(figures, figures.error().message);
  CHECK(figures->shared == (400 << 10) + (1 << 19));
  CHECK(fs::file_size(against) < 8192);
  CHECK(fs::file_size(alone) > 400 << 10);
  REQUIRE(unpack_to(against, images.root / "copy", base));
  check_same(image, images.root / "copy");
}

TEST_CASE("what is no image, or not only ours, is not packed and leaves nothing") {
  Images images;
  const fs::path image = images.make("shop"), file = images.root / "pack";
  auto code = ErrorCode::ImageInvalid;
  SUBCASE("a link") { fs::create_symlink("/etc/passwd", image / "link.img"); }
  SUBCASE("a directory") { fs::create_directory(image / "more"); }
  SUBCASE("a FIFO") { ::mkfifo((image / "fifo").c_str(), 0600); }
  SUBCASE("a damaged manifest") { write(image / "manifest.json", "{"); }
  SUBCASE("no manifest") {
    fs::remove(image / "manifest.json");
    code = ErrorCode::ImageMissing;
  }
  SUBCASE("a file that all can write") {
    fs::permissions(image / "heap.img", fs::perms::all);
    code = ErrorCode::ImageUntrusted;
  }
  auto packed = pack_to(image, file);
  REQUIRE(!packed);
  CHECK(packed.error().code == code);
  CHECK(images.entries() == 1);
}

TEST_CASE("nothing is ever replaced") {
  Images images;
  const fs::path image = images.make("shop"), file = images.root / "pack";
  write(file, "years of work");
  auto packed = pack_to(image, file);
  REQUIRE(!packed);
  CHECK(packed.error().code == ErrorCode::ImagePublish);
  CHECK(text_of(file) == "years of work");
  REQUIRE(pack_to(image, images.root / "good"));
  auto unpacked = unpack_to(images.root / "good", image);
  REQUIRE(!unpacked);
  CHECK(unpacked.error().code == ErrorCode::ImagePublish);
  CHECK(images.entries() == 3);
}

TEST_CASE("one that was cancelled leaves nothing") {
  Images images;
  const fs::path image = images.make("shop"), file = images.root / "pack";
  pack::Progress progress;
  progress.cancel();
  auto packed = pack::pack({.directory = image, .file = file, .jobs = 2}, progress);
  REQUIRE(!packed);
  CHECK(packed.error().code == ErrorCode::PackAborted);
  REQUIRE(pack_to(image, file));
  auto unpacked = pack::unpack({.file = file, .directory = images.root / "copy"}, progress);
  REQUIRE(!unpacked);
  CHECK(unpacked.error().code == ErrorCode::PackAborted);
  CHECK(images.entries() == 2);
}

TEST_CASE("progress ends where it said that it would") {
  Images images;
  const fs::path image = images.make("shop"), base = images.make("base", 5);
  const fs::path file = images.root / "pack";
  pack::Progress packing, unpacking;
  REQUIRE(pack::pack({.directory = image, .file = file, .base = base, .jobs = 2}, packing));
  CHECK(packing.done() > 0);
  CHECK(packing.done() == packing.total());
  REQUIRE(pack::unpack({.file = file, .directory = images.root / "copy", .base = base}, unpacking));
  CHECK(unpacking.done() > 0);
  CHECK(unpacking.done() == unpacking.total());
}
