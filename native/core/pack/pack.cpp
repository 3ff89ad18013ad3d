#include "pack/pack.h"

#include <sodium.h>

#include "os/page_buffer.h"
#include "os/parallel.h"
#include "pack/base_pages.h"
#include "pack/codec.h"
#include "pack/format.h"
#include "pack/frame.h"
#include "pack/output.h"
#include "pack/source.h"

namespace tubthump::pack {

namespace {

struct Target {
  Output& output;
  Index& index;
  uint64_t& end;  ///< Of what was written.
  Figures& figures;
  Turns& turns;
};

/// What one thread needs to pack chunk after chunk.
class Worker {
 public:
  Worker(const Source& source, const std::vector<Piece>& pieces, const BasePages* base, int level,
         const Target& target, Progress& progress)
      : source_(source),
        pieces_(pieces),
        base_(base),
        target_(target),
        progress_(progress),
        compressor_(level),
        buffer_(kChunk) {
    stored_.reserve(kChunk);
  }

  Result<void> operator()(size_t index) {
    if (auto going = progress_.check(); !going) return going;
    const Piece& piece = pieces_[index];
    const SourceFile& file = source_.files()[piece.file];
    const auto bytes = std::span(buffer_).first(chunk_size(file.size, piece.number));
    if (auto read = source_.read(file, piece.number * kChunk, bytes); !read) return read;
    Chunk chunk = sort_pages(piece.number, bytes);
    Bytes frame;
    if (!stored_.empty()) {
      auto compressed = compressor_.compress(stored_);
      if (!compressed) return std::unexpected(compressed.error());
      frame = *compressed;
    }
    chunk.frame = static_cast<uint32_t>(frame.size());
    return put_down(index, piece.file, std::move(chunk), frame);
  }

 private:
  /// Which pages are zero, in the base, or to be stored; those are in `stored_` then.
  Chunk sort_pages(uint32_t number, Bytes bytes) {
    Chunk chunk{.number = number};
    stored_.clear();
    data_ = shared_ = 0;
    Hasher hasher;
    for (size_t at = 0; at < bytes.size(); at += kPage) {
      const Bytes page = bytes.subspan(at, std::min<size_t>(kPage, bytes.size() - at));
      if (is_zero(page)) {
        add(chunk, {.kind = Kind::Zero, .pages = 1});
        continue;
      }
      hasher.add(page);
      data_ += page.size();
      const auto place = find(chunk, page);
      if (place) {
        shared_ += page.size();
        add(chunk, {Kind::Base, 1, place->file, place->page});
      } else {
        stored_.insert(stored_.end(), page.begin(), page.end());
        add(chunk, {.kind = Kind::Stored, .pages = 1});
      }
    }
    chunk.digest = hasher.finish();
    return chunk;
  }

  /// In the base, best right behind the page before.
  [[nodiscard]] std::optional<Place> find(const Chunk& chunk, Bytes page) const {
    if (!base_ || page.size() < kPage) return std::nullopt;
    std::optional<Place> next;
    if (!chunk.runs.empty() && chunk.runs.back().kind == Kind::Base)
      next = {chunk.runs.back().base_file, chunk.runs.back().base_page + chunk.runs.back().pages};
    return base_->find(digest_of(page), next);
  }

  static void add(Chunk& chunk, const Run& page) {
    if (!chunk.runs.empty()) {
      Run& last = chunk.runs.back();
      const bool follows =
          page.kind != Kind::Base ||
          (page.base_file == last.base_file && page.base_page == last.base_page + last.pages);
      if (last.kind == page.kind && follows) {
        last.pages++;
        return;
      }
    }
    chunk.runs.push_back(page);
  }

  Result<void> put_down(size_t index, size_t file, Chunk chunk, Bytes frame) {
    if (auto turn = target_.turns.wait(index); !turn) return turn;
    if (auto written = target_.output.write(frame, target_.end); !written) return written;
    target_.end += frame.size();
    target_.figures.data += data_;
    target_.figures.shared += shared_;
    progress_.advance(chunk_size(source_.files()[file].size, chunk.number));
    if (data_ > 0) target_.index.files[file].chunks.push_back(std::move(chunk));
    target_.turns.done();
    return {};
  }

  const Source& source_;
  const std::vector<Piece>& pieces_;
  const BasePages* base_;
  Target target_;
  Progress& progress_;
  Compressor compressor_;
  PageBuffer<unsigned char> buffer_, stored_;
  uint64_t data_ = 0, shared_ = 0;
};

Result<Base> describe(const Source& source) {
  auto identity = source.identity();
  if (!identity) return std::unexpected(identity.error());
  Base base{identity->image_id, identity->manifest, {}};
  for (const SourceFile& file : source.files()) base.files.push_back({file.name, file.size});
  return base;
}

/// Index behind the frames, then the header that names it.
Result<void> complete(Output& output, const Index& index, uint64_t& end) {
  const std::string text = encode_index(index);
  if (text.size() > kMaxIndex) return fail(ErrorCode::ImageInvalid, "the image is too large");
  const Header header{end, text.size(), digest_of(as_bytes(text))};
  if (auto written = output.write(as_bytes(text), end); !written) return written;
  end += text.size();
  if (auto written = output.write(as_bytes(encode_header(header)), 0); !written) return written;
  return output.publish();
}

}  // namespace

Result<Figures> pack(const PackOptions& options, Progress& progress) {
  if (::sodium_init() < 0) return fail(ErrorCode::System, "libsodium cannot be initialised");
  auto source = Source::open(options.directory);
  if (!source) return std::unexpected(source.error());
  // Whether it is an image at all.
  if (auto identity = source->identity(); !identity) return std::unexpected(identity.error());
  auto output = Output::create(options.file);
  if (!output) return std::unexpected(output.error());

  Index index;
  std::optional<BasePages> pages;
  progress.expect(bytes_of(*source));
  if (!options.base.empty()) {
    auto base = Source::open(options.base);
    if (!base) return std::unexpected(base.error());
    progress.expect(bytes_of(*base));
    auto description = describe(*base);
    if (!description) return std::unexpected(description.error());
    auto read = BasePages::read(*base, options.jobs, progress);
    if (!read) return std::unexpected(read.error());
    index.base = std::move(*description);
    pages = std::move(*read);
  }

  Figures figures{.files = source->files().size()};
  for (const SourceFile& file : source->files()) {
    index.files.push_back({file.name, file.size, {}});
    figures.size += file.size;
  }
  const std::vector<Piece> pieces = pieces_of(*source);
  uint64_t end = kHeaderSize;
  Turns turns;
  const Target target{*output, index, end, figures, turns};
  auto done = in_parallel(pieces.size(), options.jobs, turns, [&] {
    return Worker(*source, pieces, pages ? &*pages : nullptr, options.level, target, progress);
  });
  if (!done) return std::unexpected(done.error());
  if (auto completed = complete(*output, index, end); !completed)
    return std::unexpected(completed.error());
  figures.packed = end;
  return figures;
}

}  // namespace tubthump::pack
