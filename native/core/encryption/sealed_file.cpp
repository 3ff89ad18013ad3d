#include "encryption/sealed_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "encryption/chunk_cipher.h"
#include "encryption/extents.h"
#include "image/ownership.h"
#include "os/exact_io.h"
#include "os/unique_fd.h"

namespace tubthump::encryption {

namespace {

UniqueFd open_regular(int directory, const std::string& name, struct stat& info) {
  UniqueFd file(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file && ::fstat(file.get(), &info) == 0 && !S_ISREG(info.st_mode)) {
    file.reset();
    errno = EINVAL;
  }
  return file;
}

UniqueFd create(int directory, const std::string& name) {
  return UniqueFd(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
}

std::unexpected<Error> not_as_sealed(const FileName& file) {
  return fail(ErrorCode::ImageInvalid,
              "image file " + file.name + " is not as it was encrypted" +
                  (file.bound_to.empty() ? "" : ", or manifest.json is not"));
}

std::unexpected<Error> unreadable(const std::string& name) {
  if (errno == 0) return fail(ErrorCode::ImageInvalid, "image file " + name + " became shorter");
  return fail_errno(ErrorCode::ImageInvalid, "image file " + name);
}

std::unexpected<Error> no_room(const std::string& name) {
  return fail_errno(ErrorCode::ImagePublish, "write " + name + ", decrypted");
}

class SealingWork : public ChunkWork {
 public:
  SealingWork(UniqueFd source, UniqueFd target, Extents extents, const Key& key,
              const SealedHeader& header, FileName file)
      : source_(std::move(source)),
        target_(std::move(target)),
        extents_(std::move(extents)),
        table_(extents_.encode()),
        header_(header),
        file_(std::move(file)),
        cipher_(key, header, file_.name, file_.bound_to) {}

  [[nodiscard]] uint64_t chunks() const override { return header_.chunks(); }

  [[nodiscard]] Result<void> do_chunk(uint64_t chunk, ChunkBuffers& buffers) const override {
    const uint64_t start = chunk * kChunkSize;
    const size_t size = header_.bytes_of(chunk);
    if (start < table_.size())
      std::memcpy(buffers.plain(), table_.data() + start,
                  std::min<size_t>(size, table_.size() - start));
    const bool read = extents_.each(start, size, [&](uint64_t from, uint64_t to, uint64_t length) {
      return read_exactly(source_.get(), {buffers.plain() + to, length}, from);
    });
    if (!read) return unreadable(file_.name);
    cipher_.seal(chunk, {buffers.plain(), size}, buffers.sealed());
    if (!write_exactly(target_.get(), {buffers.sealed(), size + kTagSize},
                       SealedHeader::offset_of(chunk)))
      return fail_errno(ErrorCode::ImagePublish, file_.name);
    return {};
  }

 private:
  UniqueFd source_, target_;
  Extents extents_;
  std::string table_;
  SealedHeader header_;
  FileName file_;
  ChunkCipher cipher_;
};

class OpeningWork : public ChunkWork {
 public:
  OpeningWork(UniqueFd source, const Key& key, const SealedHeader& header, FileName file)
      : source_(std::move(source)),
        header_(header),
        file_(std::move(file)),
        cipher_(key, header, file_.name, file_.bound_to) {}

  /// Makes the file in its full size.
  Result<void> prepare(UniqueFd target) {
    target_ = std::move(target);
    auto extents = read_table();
    if (!extents) return std::unexpected(extents.error());
    extents_ = std::move(*extents);
    if (::ftruncate(target_.get(), static_cast<off_t>(extents_.file_size())) < 0)
      return no_room(file_.name);
    return {};
  }

  [[nodiscard]] uint64_t chunks() const override { return header_.chunks(); }

  [[nodiscard]] Result<void> do_chunk(uint64_t chunk, ChunkBuffers& buffers) const override {
    if (auto opened = open_chunk(chunk, buffers); !opened) return opened;
    const bool written =
        extents_.each(chunk * kChunkSize, header_.bytes_of(chunk),
                      [&](uint64_t to, uint64_t from, uint64_t length) {
                        return write_exactly(target_.get(), {buffers.plain() + from, length}, to);
                      });
    if (!written) return no_room(file_.name);
    return {};
  }

 private:
  Result<void> open_chunk(uint64_t chunk, ChunkBuffers& buffers) const {
    const size_t sealed = header_.bytes_of(chunk) + kTagSize;
    if (!read_exactly(source_.get(), {buffers.sealed(), sealed}, SealedHeader::offset_of(chunk)))
      return unreadable(file_.name);
    if (!cipher_.open(chunk, {buffers.sealed(), sealed}, buffers.plain()))
      return not_as_sealed(file_);
    return {};
  }

  /// Its chunks are opened once more for what else they hold.
  Result<Extents> read_table() const {
    ChunkBuffers buffers;
    std::vector<uint8_t> table;
    uint64_t wanted = 16;
    for (uint64_t chunk = 0; table.size() < wanted; chunk++) {
      if (chunk == header_.chunks()) return not_as_sealed(file_);
      if (auto opened = open_chunk(chunk, buffers); !opened) return std::unexpected(opened.error());
      table.insert(table.end(), buffers.plain(), buffers.plain() + header_.bytes_of(chunk));
      if (table.size() >= 16) wanted = Extents::table_size(table);
    }
    table.resize(wanted);
    return Extents::decode(table, header_.size, file_.name);
  }

  UniqueFd source_, target_;
  Extents extents_;
  SealedHeader header_;
  FileName file_;
  ChunkCipher cipher_;
};

}  // namespace

Result<Sealing> start_sealing(const Seal& seal, const Key& key, const ImageSalt& salt) {
  struct stat info;
  UniqueFd source = open_regular(seal.from, seal.source, info);
  if (!source) return fail_errno(ErrorCode::ImageInvalid, "image file " + seal.source);
  auto extents = Extents::of_file(source.get());
  if (!extents) return std::unexpected(extents.error());
  SealedHeader header{.key = key.id(), .image_salt = salt, .size = extents->plain_size()};
  ::randombytes_buf(header.file_salt.data(), header.file_salt.size());
  UniqueFd target = create(seal.to, seal.file.name);
  const HeaderBytes bytes = encode_header(header);
  if (!target || !write_exactly(target.get(), bytes, 0))
    return fail_errno(ErrorCode::ImagePublish, seal.file.name);
  return Sealing{std::make_unique<SealingWork>(std::move(source), std::move(target),
                                               std::move(*extents), key, header, seal.file),
                 header.sealed_size()};
}

Result<Opening> start_opening(const Open& open, const Key& key) {
  const std::string& name = open.file.name;
  struct stat info;
  UniqueFd source = open_regular(open.from, name, info);
  if (!source) return fail_errno(ErrorCode::ImageInvalid, "image file " + name);
  if (auto ours = image::check_ownership(info, "image file " + name); !ours)
    return std::unexpected(ours.error());
  HeaderBytes bytes{};
  const auto size = static_cast<uint64_t>(info.st_size);
  if (!read_exactly(source.get(), std::span(bytes).first(std::min<uint64_t>(bytes.size(), size)),
                    0))
    return unreadable(name);
  auto header = decode_header(bytes, size, name);
  if (!header) return std::unexpected(header.error());
  if (header->key != key.id())
    return fail(ErrorCode::Key, "the image was encrypted with the key " + hex(header->key) +
                                    ", this is the key " + hex(key.id()));
  auto work = std::make_unique<OpeningWork>(std::move(source), key, *header, open.file);
  UniqueFd target = create(open.to, open.target);
  if (!target) return no_room(name);
  if (auto prepared = work->prepare(std::move(target)); !prepared)
    return std::unexpected(prepared.error());
  return Opening{std::move(work), *header};
}

}  // namespace tubthump::encryption
