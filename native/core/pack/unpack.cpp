#include "pack/unpack.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <utility>

#include "image/ownership.h"
#include "image/staging.h"
#include "os/exact_io.h"
#include "os/page_buffer.h"
#include "os/parallel.h"
#include "pack/format.h"
#include "pack/frame.h"
#include "pack/source.h"
#include "signature/check.h"
#include "signature/public_key.h"

namespace tubthump::pack {

namespace {

/// A pack whose header and index are good.
struct Opened {
  UniqueFd file;
  uint64_t size = 0;
  Index index;
};

Result<std::string> read_text(int file, uint64_t offset, uint64_t size) {
  std::string text(size, '\0');
  if (!read_exactly(file, {reinterpret_cast<unsigned char*>(text.data()), size}, offset))
    return fail_errno(ErrorCode::PackInvalid, "the pack cannot be read");
  return text;
}

Result<Opened> open_pack(const std::string& path) {
  Opened pack{.file = UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))};
  struct stat info;
  if (!pack.file || ::fstat(pack.file.get(), &info) < 0)
    return fail_errno(ErrorCode::ImageMissing, "no pack at " + path);
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::PackInvalid, path + " is no regular file");
  if (auto owned = image::check_ownership(info, path); !owned)
    return std::unexpected(owned.error());
  pack.size = static_cast<uint64_t>(info.st_size);
  auto head = read_text(pack.file.get(), 0, std::min<uint64_t>(kHeaderSize, pack.size));
  if (!head) return std::unexpected(head.error());
  auto header = decode_header(*head, pack.size);
  if (!header) return std::unexpected(header.error());
  auto text = read_text(pack.file.get(), header->index_offset, header->index_size);
  if (!text) return std::unexpected(text.error());
  if (digest_of({reinterpret_cast<unsigned char*>(text->data()), text->size()}) != header->index)
    return fail(ErrorCode::PackInvalid, "the pack is damaged: its index is not as it was written");
  auto index = decode_index(*text, header->index_offset - kHeaderSize);
  if (!index) return std::unexpected(index.error());
  pack.index = std::move(*index);
  return pack;
}

Result<std::optional<Source>> open_base(const std::optional<Base>& wanted,
                                        const std::string& path) {
  if (!wanted) return std::nullopt;
  const std::string what = "the pack was made against image " + wanted->image_id;
  if (path.empty()) return fail(ErrorCode::PackBase, what + ", which is not given");
  auto source = Source::open(path);
  if (!source) return std::unexpected(source.error());
  auto identity = source->identity();
  if (!identity) return std::unexpected(identity.error());
  if (identity->manifest != wanted->manifest)
    return fail(ErrorCode::PackBase, what + ", " + path + " is image " + identity->image_id);
  for (const BaseFile& file : wanted->files) {
    const SourceFile* found = source->find(file.name);
    if (!found || found->size != file.size)
      return fail(ErrorCode::PackBase, what + "; " + file.name + " of " + path + " is another");
  }
  return std::optional(std::move(*source));
}

/// Unlike a checkpoint, which replaces its image.
Result<void> check_absent(const std::string& directory) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(directory, error);
  if (status.type() == std::filesystem::file_type::not_found) return {};
  if (status.type() == std::filesystem::file_type::directory &&
      std::filesystem::is_empty(directory, error) && !error)
    return {};
  return fail(ErrorCode::ImagePublish, directory + " exists");
}

struct PackedChunk {
  const PackedFile* file;
  const Chunk* chunk;
  uint64_t offset;  ///< Of its frame in the pack.
};

std::vector<PackedChunk> chunks_of(const Index& index) {
  std::vector<PackedChunk> chunks;
  uint64_t offset = kHeaderSize;
  for (const PackedFile& file : index.files)
    for (const Chunk& chunk : file.chunks) {
      chunks.push_back({&file, &chunk, offset});
      offset += chunk.frame;
    }
  return chunks;
}

/// What one thread needs to unpack chunk after chunk.
class Worker {
 public:
  Worker(const Opened& pack, const std::vector<PackedChunk>& chunks, const Source* base,
         int directory, Progress& progress)
      : pack_(pack),
        chunks_(chunks),
        base_(base),
        directory_(directory),
        progress_(progress),
        frame_(kMaxFrame),
        buffer_(kChunk) {}

  Result<void> operator()(size_t index) {
    if (auto going = progress_.check(); !going) return going;
    const PackedChunk& piece = chunks_[index];
    if (auto got = get(piece); !got) return got;
    const uint64_t start = piece.chunk->number * kChunk;
    UniqueFd file(
        ::openat(directory_, piece.file->name.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) return fail_errno(ErrorCode::ImagePublish, piece.file->name);
    uint64_t at = 0;
    const uint64_t size = chunk_size(piece.file->size, piece.chunk->number);
    for (const Run& run : piece.chunk->runs) {
      const uint64_t bytes = std::min(run.pages * kPage, size - at);
      if (run.kind != Kind::Zero &&
          !write_exactly(file.get(), Bytes(&buffer_[at], bytes), start + at))
        return fail_errno(ErrorCode::ImagePublish, "write " + piece.file->name);
      at += bytes;
    }
    progress_.advance(size);
    return {};
  }

 private:
  /// Fills the buffer with the runs of a chunk, each where it is in the file.
  Result<void> get(const PackedChunk& piece) {
    const uint64_t size = chunk_size(piece.file->size, piece.chunk->number);
    if (auto stored = get_stored(piece, size); !stored) return stored;
    Hasher hasher;
    uint64_t at = 0, taken = 0;
    for (const Run& run : piece.chunk->runs) {
      const auto target = std::span(buffer_).subspan(at, std::min(run.pages * kPage, size - at));
      at += target.size();
      if (run.kind == Kind::Zero) continue;
      if (run.kind == Kind::Stored) {
        std::ranges::copy(std::span(stored_).subspan(taken, target.size()), target.begin());
        taken += target.size();
      } else if (auto read = read_base(run, target); !read) {
        return read;
      }
      hasher.add(target);
    }
    if (hasher.finish() == piece.chunk->digest) return {};
    return fail(ErrorCode::PackInvalid, "the pack is damaged" +
                                            std::string(base_ ? ", or its base" : "") + ": " +
                                            piece.file->name + " is not as it was at byte " +
                                            std::to_string(piece.chunk->number * kChunk));
  }

  Result<void> get_stored(const PackedChunk& piece, uint64_t size) {
    uint64_t at = 0, wanted = 0;
    for (const Run& run : piece.chunk->runs) {
      const uint64_t bytes = std::min(run.pages * kPage, size - at);
      if (run.kind == Kind::Stored) wanted += bytes;
      at += bytes;
    }
    stored_.resize(wanted);
    if (wanted == 0) return {};
    const auto frame = std::span(frame_).first(piece.chunk->frame);
    if (!read_exactly(pack_.file.get(), frame, piece.offset))
      return fail_errno(ErrorCode::PackInvalid, "the pack cannot be read");
    return decompressor_.decompress(frame, stored_);
  }

  Result<void> read_base(const Run& run, std::span<unsigned char> target) const {
    const BaseFile& file = pack_.index.base->files[run.base_file];
    return base_->read(*base_->find(file.name), run.base_page * kPage, target);
  }

  const Opened& pack_;
  const std::vector<PackedChunk>& chunks_;
  const Source* base_;
  int directory_;
  Progress& progress_;
  Decompressor decompressor_;
  PageBuffer<unsigned char> frame_, buffer_, stored_;
};

/// All files in their full sizes: nothing but holes yet.
Result<void> make_files(int directory, const Index& index) {
  for (const PackedFile& file : index.files) {
    UniqueFd made(::openat(directory, file.name.c_str(),
                           O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!made || ::ftruncate(made.get(), static_cast<off_t>(file.size)) < 0)
      return fail_errno(ErrorCode::ImagePublish, "create " + file.name);
  }
  return {};
}

Figures figures_of(const Opened& pack) {
  Figures figures{.files = pack.index.files.size(), .packed = pack.size};
  for (const PackedFile& file : pack.index.files) {
    figures.size += file.size;
    for (const Chunk& chunk : file.chunks) {
      uint64_t at = 0;
      const uint64_t size = chunk_size(file.size, chunk.number);
      for (const Run& run : chunk.runs) {
        const uint64_t bytes = std::min(run.pages * kPage, size - at);
        if (run.kind != Kind::Zero) figures.data += bytes;
        if (run.kind == Kind::Base) figures.shared += bytes;
        at += bytes;
      }
    }
  }
  return figures;
}

}  // namespace

Result<Figures> unpack(const UnpackOptions& options, Progress& progress) {
  if (::sodium_init() < 0) return fail(ErrorCode::System, "libsodium cannot be initialised");
  auto pack = open_pack(options.file);
  if (!pack) return std::unexpected(pack.error());
  auto base = open_base(pack->index.base, options.base);
  if (!base) return std::unexpected(base.error());
  std::optional<signature::PublicKey> key;
  if (!options.public_key.empty()) {
    auto read = signature::read_public_key(options.public_key);
    if (!read) return std::unexpected(read.error());
    key = std::move(*read);
  }
  if (auto absent = check_absent(options.directory); !absent)
    return std::unexpected(absent.error());

  auto staging = image::Staging::create(options.directory);
  if (!staging) return std::unexpected(staging.error());
  if (auto made = make_files(staging->directory(), pack->index); !made)
    return std::unexpected(made.error());
  const std::vector<PackedChunk> chunks = chunks_of(pack->index);
  for (const PackedChunk& piece : chunks)
    progress.expect(chunk_size(piece.file->size, piece.chunk->number));
  Turns turns;
  auto done = in_parallel(chunks.size(), options.jobs, turns, [&] {
    return Worker(*pack, chunks, *base ? &**base : nullptr, staging->directory(), progress);
  });
  if (!done) return std::unexpected(done.error());
  if (key)
    if (auto good = signature::check_signature(staging->directory(), *key); !good)
      return std::unexpected(good.error());
  if (auto published = staging->publish(); !published) return std::unexpected(published.error());
  staging->finish();
  return figures_of(*pack);
}

}  // namespace tubthump::pack
