#include "pack/base_pages.h"

#include <cstring>

#include "os/page_buffer.h"
#include "os/parallel.h"

namespace tubthump::pack {

namespace {

constexpr uint32_t kPagesInChunk = kChunk / kPage;
/// Of pages that are zero: nobody asks for them.
constexpr Digest kNone{};

}  // namespace

size_t BasePages::FirstBytes::operator()(const Digest& digest) const {
  size_t bytes;
  std::memcpy(&bytes, digest.data(), sizeof bytes);
  return bytes;
}

Result<BasePages> BasePages::read(const Source& source, unsigned jobs, Progress& progress) {
  BasePages base;
  // A run names its file in 16 bits.
  const size_t files = std::min<size_t>(source.files().size(), UINT16_MAX);
  for (size_t i = 0; i < files; i++) base.files_.emplace_back(source.files()[i].size / kChunk + 1);
  const std::vector<Piece> pieces = pieces_of(source);
  Turns turns;
  auto done = in_parallel(pieces.size(), jobs, turns, [&] {
    return [&, buffer = PageBuffer<unsigned char>(kChunk)](size_t index) mutable -> Result<void> {
      if (auto going = progress.check(); !going) return going;
      const auto [number, chunk] = pieces[index];
      if (number >= files) return {};
      const SourceFile& file = source.files()[number];
      const uint64_t size = chunk_size(file.size, chunk);
      if (auto got = source.read(file, chunk * kChunk, std::span(buffer).first(size)); !got)
        return got;
      ChunkPages& pages = base.files_[number][chunk];
      for (uint64_t at = 0; at + kPage <= size; at += kPage) {
        const Bytes page(&buffer[at], kPage);
        pages.push_back(is_zero(page) ? kNone : digest_of(page));
      }
      progress.advance(size);
      return {};
    };
  });
  if (!done) return std::unexpected(done.error());
  for (const auto [file, chunk] : pieces) {
    if (file >= files) break;
    const ChunkPages& pages = base.files_[file][chunk];
    for (uint32_t i = 0; i < pages.size(); i++)
      base.places_.try_emplace(pages[i], static_cast<uint16_t>(file), chunk * kPagesInChunk + i);
  }
  return base;
}

std::optional<Place> BasePages::find(const Digest& page, std::optional<Place> preferred) const {
  if (preferred && preferred->file < files_.size()) {
    const uint32_t chunk = preferred->page / kPagesInChunk, at = preferred->page % kPagesInChunk;
    const auto& chunks = files_[preferred->file];
    if (chunk < chunks.size() && at < chunks[chunk].size() && chunks[chunk][at] == page)
      return preferred;
  }
  const auto found = places_.find(page);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

}  // namespace tubthump::pack
