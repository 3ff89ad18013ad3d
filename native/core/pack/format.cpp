#include "pack/format.h"

#include <algorithm>

#include "image/manifest.h"
#include "pack/codec.h"

namespace tubthump::pack {

namespace {

constexpr std::string_view kMagic = "tubpack\n";
constexpr uint32_t kVersion = 1;
constexpr size_t kMaxName = 255;
constexpr uint64_t kMaxFile = 1ULL << 46;

std::unexpected<Error> invalid(const std::string& what) {
  return fail(ErrorCode::PackInvalid, "the pack is damaged: " + what);
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName && name != "." && name != ".." &&
         name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

void encode_run(Writer& out, const Run& run) {
  out.number(static_cast<uint8_t>(run.kind));
  out.number(run.pages);
  if (run.kind != Kind::Base) return;
  out.number(run.base_file);
  out.number(run.base_page);
}

void encode_chunk(Writer& out, const Chunk& chunk) {
  out.number(chunk.number);
  out.number(chunk.frame);
  out.digest(chunk.digest);
  out.number(static_cast<uint16_t>(chunk.runs.size()));
  for (const Run& run : chunk.runs) encode_run(out, run);
}

/// Reads what the encoders above wrote, and believes nothing.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : in_(bytes) {}

  Result<Index> index() {
    Index index;
    const auto has_base = in_.number<uint8_t>();
    if (has_base > 1) return invalid("nobody knows whether it has a base");
    if (has_base) {
      auto base = this->base();
      if (!base) return std::unexpected(base.error());
      index.base = std::move(*base);
      base_ = &*index.base;
    }
    std::string before;
    for (auto left = in_.number<uint32_t>(); left > 0; left--) {
      auto file = this->file(before);
      if (!file) return std::unexpected(file.error());
      before = file->name;
      index.files.push_back(std::move(*file));
    }
    if (!in_.good()) return invalid("its index is cut short");
    if (!in_.at_end()) return invalid("there is something behind its index");
    if (std::ranges::find(index.files, image::kManifestName, &PackedFile::name) ==
        index.files.end())
      return fail(ErrorCode::PackInvalid, "the pack holds no image: it has no manifest.json");
    return index;
  }

  /// Bytes of all frames.
  [[nodiscard]] uint64_t frames() const { return frames_; }

 private:
  Result<std::string> name(const std::string& before) {
    std::string name(in_.text());
    if (!in_.good()) return invalid("its index is cut short");
    if (!is_name(name)) return invalid("a name in it is none for a file");
    if (name <= before) return invalid("its files are not in order: " + name);
    return name;
  }

  Result<uint64_t> size(const std::string& name) {
    const auto size = in_.number<uint64_t>();
    if (size > kMaxFile) return invalid(name + " has no possible size");
    return size;
  }

  Result<Base> base() {
    Base base;
    base.image_id = in_.text();
    base.manifest = in_.digest();
    std::string before;
    for (auto left = in_.number<uint32_t>(); left > 0; left--) {
      auto name = this->name(before);
      if (!name) return std::unexpected(name.error());
      auto size = this->size(*name);
      if (!size) return std::unexpected(size.error());
      before = *name;
      base.files.push_back({std::move(*name), *size});
    }
    return base;
  }

  Result<PackedFile> file(const std::string& before) {
    auto name = this->name(before);
    if (!name) return std::unexpected(name.error());
    PackedFile file{.name = std::move(*name)};
    auto size = this->size(file.name);
    if (!size) return std::unexpected(size.error());
    file.size = *size;
    uint64_t next = 0;
    for (auto left = in_.number<uint32_t>(); left > 0; left--) {
      auto chunk = this->chunk(file, next);
      if (!chunk) return std::unexpected(chunk.error());
      next = uint64_t{chunk->number} + 1;
      file.chunks.push_back(std::move(*chunk));
    }
    return file;
  }

  Result<Chunk> chunk(const PackedFile& file, uint64_t first) {
    Chunk chunk;
    chunk.number = in_.number<uint32_t>();
    chunk.frame = in_.number<uint32_t>();
    chunk.digest = in_.digest();
    const auto runs = in_.number<uint16_t>();
    if (!in_.good()) return invalid("its index is cut short");
    if (chunk.number < first || chunk.number * kChunk >= file.size)
      return invalid("a chunk of " + file.name + " is out of place");
    uint64_t pages = 0;
    bool stored = false;
    for (size_t i = 0; i < runs; i++) {
      auto run = this->run(file.name);
      if (!run) return std::unexpected(run.error());
      pages += run->pages;
      stored |= run->kind == Kind::Stored;
      chunk.runs.push_back(*run);
    }
    if (pages != (chunk_size(file.size, chunk.number) + kPage - 1) / kPage)
      return invalid("a chunk of " + file.name + " has other pages than it should");
    if (stored != (chunk.frame > 0) || chunk.frame > kMaxFrame)
      return invalid("a frame of " + file.name + " has no possible size");
    frames_ += chunk.frame;
    return chunk;
  }

  Result<Run> run(const std::string& file) {
    Run run;
    const auto kind = in_.number<uint8_t>();
    run.kind = static_cast<Kind>(kind);
    run.pages = in_.number<uint16_t>();
    if (run.kind == Kind::Base) {
      run.base_file = in_.number<uint16_t>();
      run.base_page = in_.number<uint32_t>();
    }
    if (!in_.good()) return invalid("its index is cut short");
    if (kind > static_cast<uint8_t>(Kind::Base) || run.pages == 0)
      return invalid("pages of " + file + " are of no known kind");
    if (run.kind == Kind::Base &&
        (!base_ || run.base_file >= base_->files.size() ||
         (uint64_t{run.base_page} + run.pages) * kPage > base_->files[run.base_file].size))
      return invalid("pages of " + file + " are outside the base");
    return run;
  }

  Reader in_;
  const Base* base_ = nullptr;
  uint64_t frames_ = 0;
};

}  // namespace

std::string encode_header(const Header& header) {
  Writer out;
  out.raw(kMagic);
  out.number(kVersion);
  out.number(header.index_offset);
  out.number(header.index_size);
  out.digest(header.index);
  out.digest(digest_of(as_bytes(out.bytes())));
  return out.take();
}

Result<Header> decode_header(std::string_view bytes, uint64_t file_size) {
  if (!bytes.starts_with(kMagic)) return fail(ErrorCode::PackInvalid, "the file is no pack");
  Reader in(bytes.substr(kMagic.size()));
  const auto version = in.number<uint32_t>();
  if (in.good() && version != kVersion)
    return fail(ErrorCode::PackInvalid, "the pack has version " + std::to_string(version) +
                                            ", this tubthump reads version " +
                                            std::to_string(kVersion));
  Header header;
  header.index_offset = in.number<uint64_t>();
  header.index_size = in.number<uint64_t>();
  header.index = in.digest();
  const Digest digest = in.digest();
  if (!in.good()) return invalid("it is cut short");
  if (digest != digest_of(as_bytes(bytes.substr(0, kHeaderSize - digest.size()))))
    return invalid("its header is not as it was written");
  if (header.index_size > kMaxIndex || header.index_offset < kHeaderSize ||
      header.index_offset > file_size || file_size - header.index_offset != header.index_size)
    return invalid("it is cut short, or longer than it was");
  return header;
}

std::string encode_index(const Index& index) {
  Writer out;
  out.number(static_cast<uint8_t>(index.base ? 1 : 0));
  if (index.base) {
    out.text(index.base->image_id);
    out.digest(index.base->manifest);
    out.number(static_cast<uint32_t>(index.base->files.size()));
    for (const BaseFile& file : index.base->files) {
      out.text(file.name);
      out.number(file.size);
    }
  }
  out.number(static_cast<uint32_t>(index.files.size()));
  for (const PackedFile& file : index.files) {
    out.text(file.name);
    out.number(file.size);
    out.number(static_cast<uint32_t>(file.chunks.size()));
    for (const Chunk& chunk : file.chunks) encode_chunk(out, chunk);
  }
  return out.take();
}

Result<Index> decode_index(std::string_view bytes, uint64_t frames) {
  Decoder decoder(bytes);
  auto index = decoder.index();
  if (index && decoder.frames() != frames) return invalid("its frames have other sizes in all");
  return index;
}

}  // namespace tubthump::pack
