#include "page_server/owner_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "criu_image/image_file.h"
#include "page_server/zero_pages.h"

namespace tubthump::page_server {

namespace {

using criu_image::kPageSize;

constexpr uint64_t kWriteEvery = 32 << 20;

Result<UniqueFd> create_file(int directory, const std::string& name) {
  UniqueFd file(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return fail_errno(ErrorCode::ImagePublish, name);
  return file;
}

}  // namespace

Result<OwnerFiles> OwnerFiles::create(int directory, Owner owner, uint32_t pages_id,
                                      std::vector<bake::Stretch> stretches,
                                      const std::string& heap) {
  OwnerFiles files;
  files.directory_ = directory;
  const char* kind = owner.kind == Owner::Kind::Process ? "pagemap-" : "pagemap-shmem-";
  files.pagemap_name_ = kind + std::to_string(owner.id) + ".img";
  files.pages_name_ = "pages-" + std::to_string(pages_id) + ".img";
  files.heap_name_ = heap;
  auto pages = create_file(directory, files.pages_name_);
  if (!pages) return std::unexpected(pages.error());
  files.pages_ = std::move(*pages);
  if (!stretches.empty()) {
    auto file = create_file(directory, heap);
    if (!file) return std::unexpected(file.error());
    files.heap_ = std::move(*file);
    // A mapping must not reach past the end: the last pages may be holes.
    if (::ftruncate(files.heap_.get(), static_cast<off_t>(bake::size_of(stretches))) < 0)
      return fail_errno(ErrorCode::ImagePublish, heap);
  }
  files.placed_.stretches = std::move(stretches);
  files.placed_.all.pages_id = files.placed_.rest.pages_id = pages_id;
  return files;
}

Result<void> OwnerFiles::add(const criu_image::PageRun& run, int socket, PagePipe& pipe) {
  placed_.all.runs.push_back(run);
  for (const bake::Part& part : bake::divide(run, placed_.stretches)) {
    const uint64_t size = part.run.pages * kPageSize;
    if (part.stretch) {
      if (auto moved = add_to_heap(part, socket, pipe); !moved) return moved;
    } else {
      if (auto moved = pipe.move(socket, pages_.get(), kept_, size, pages_name_); !moved)
        return moved;
      kept_ += size;
      placed_.rest.runs.push_back(part.run);
    }
  }
  if (write_early_ && placed_.bytes - started_ >= kWriteEvery) {
    (void)::sync_file_range(heap_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
    started_ = placed_.bytes;
  }
  return {};
}

Result<void> OwnerFiles::add_to_heap(const bake::Part& part, int socket, PagePipe& pipe) {
  uint64_t offset = part.stretch->offset_of(part.run.address);
  const std::vector<Piece> whole{{part.run.pages, false}};
  for (const Piece& piece : frozen_ ? find_zeroes(frozen_, part.run) : whole) {
    const uint64_t size = piece.pages * kPageSize;
    auto done = piece.zero ? pipe.skip(socket, size)
                           : pipe.move(socket, heap_.get(), offset, size, heap_name_);
    if (!done) return done;
    offset += size;
    if (!piece.zero) placed_.bytes += size;
  }
  return {};
}

Result<bake::Placed> OwnerFiles::complete() {
  auto written = criu_image::write_messages(directory_, pagemap_name_, criu_image::Kind::Pagemap,
                                            criu_image::encode_pagemap(placed_.rest));
  if (!written) return std::unexpected(written.error());
  return std::move(placed_);
}

}  // namespace tubthump::page_server
